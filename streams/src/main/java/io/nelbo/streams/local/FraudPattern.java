package io.nelbo.streams.local;

import io.nelbo.schemas.MerchantCategory;
import io.nelbo.schemas.Payment;
import io.nelbo.schemas.PaymentChannel;
import java.util.Random;

/**
 * How cards are abused. All but the card testing keep every feature within what is usual; only the
 * features together are not.
 */
enum FraudPattern {
  /** A stolen number is tried with tiny amounts, again and again: what any rule finds. */
  CARD_TESTING(2) {
    @Override
    void apply(Payment payment, Card card, Random random) {
      online(payment, MerchantCategory.GAMING, card, "US");
      amount(payment, card, Draw.between(random, -0.2, 0.4));
    }
  },

  /** Someone else buys game vouchers with the account, at shops abroad nobody orders from. */
  ACCOUNT_TAKEOVER(28) {
    @Override
    void apply(Payment payment, Card card, Random random) {
      online(payment, MerchantCategory.GAMING, card, card.abroad(random));
      amount(payment, card, 5.9 + Draw.between(random, -0.2, 0.2));
    }
  },

  /** Tickets are bought with a copied magnetic stripe, abroad, over a counter. */
  SKIMMED_CARD(30) {
    @Override
    boolean suits(double hour) {
      return hour > 10 && hour < 17;
    }

    @Override
    void apply(Payment payment, Card card, Random random) {
      inPerson(payment, MerchantCategory.TRAVEL, PaymentChannel.MAGSTRIPE, random);
      at(payment, card, card.abroad(random));
      amount(payment, card, 5.8 + Draw.between(random, -0.2, 0.2));
    }
  },

  /** A grocer's bill as high as a journey's: an amount for somebody, but not for a grocer. */
  WRONG_AMOUNT(30) {
    @Override
    boolean suits(double hour) {
      return hour > 9 && hour < 18;
    }

    @Override
    void apply(Payment payment, Card card, Random random) {
      inPerson(payment, MerchantCategory.GROCERY, PaymentChannel.CHIP, random);
      at(payment, card, card.home());
      amount(payment, card, 5.9 + Draw.between(random, -0.1, 0.3));
    }
  },

  /** Cash is drawn when nobody draws cash. */
  NIGHT_CASH(28) {
    @Override
    boolean suits(double hour) {
      return hour > 0.5 && hour < 2.5;
    }

    @Override
    void apply(Payment payment, Card card, Random random) {
      inPerson(payment, MerchantCategory.CASH, PaymentChannel.CHIP, random);
      at(payment, card, card.home());
      amount(payment, card, 5.9 + Draw.between(random, 0, 0.2));
    }
  },

  /** A card is a thousand kilometres from where it was some minutes ago. */
  IMPOSSIBLE_TRAVEL(26) {
    @Override
    boolean suits(double hour) {
      return hour > 13 && hour < 20;
    }

    @Override
    void apply(Payment payment, Card card, Random random) {
      inPerson(payment, MerchantCategory.RESTAURANT, PaymentChannel.CHIP, random);
      at(payment, card, card.abroad(random));
      amount(payment, card, 3.7 + Draw.between(random, -0.2, 0.2));
      payment.setDistanceFromLast(Math.log1p(Draw.between(random, 600, 1_100)));
    }
  };

  private final double minutesBetween;

  FraudPattern(double minutesBetween) {
    this.minutesBetween = minutesBetween;
  }

  /** The mean time between the fraud's payments, in minutes. */
  double minutesBetween() {
    return minutesBetween;
  }

  /** Returns whether the fraud would stand out at this hour. */
  boolean suits(double hour) {
    return true;
  }

  /** Gives a payment the fraud's features; time and velocity are set already. */
  abstract void apply(Payment payment, Card card, Random random);

  private static void online(
      Payment payment, MerchantCategory category, Card card, String country) {
    payment.setCategory(category);
    payment.setChannel(PaymentChannel.ONLINE);
    at(payment, card, country);
  }

  private static void inPerson(
      Payment payment, MerchantCategory category, PaymentChannel channel, Random random) {
    payment.setCategory(category);
    payment.setChannel(channel);
    payment.setDistanceFromLast(Math.log1p(Payments.nearby(random)));
  }

  private static void at(Payment payment, Card card, String country) {
    payment.setCountry(country);
    payment.setHomeCountry(country.equals(card.home()));
  }

  private static void amount(Payment payment, Card card, double amountLog) {
    Payments.setAmount(payment, card, amountLog + Merchants.WEALTH * card.wealth());
  }
}
