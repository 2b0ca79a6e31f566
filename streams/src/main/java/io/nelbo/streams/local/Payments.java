package io.nelbo.streams.local;

import io.nelbo.schemas.Payment;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** The features of a payment that follow from the card's history and from one another. */
final class Payments {
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

  /** The hour at which the fewest pay, where a day is cut from the next. */
  private static final double DAY_BEGINS = 5;

  private Payments() {}

  /** Begins a payment with what time and the card's earlier payments say. */
  static Payment begun(Card card, double hours) {
    Payment payment = new Payment();
    payment.setCard(card.number());
    payment.setPaidAt(START.plus(Duration.ofMillis(Math.round(hours * 3_600_000))));
    payment.setHourOfDay((hours + 24 - DAY_BEGINS) % 24);
    payment.setMinutesSinceLast(Math.log1p(card.minutesSinceLast(hours)));
    payment.setHourlyVelocity(card.velocity(hours, 1));
    payment.setDailyVelocity(card.velocity(hours, 24));
    return payment;
  }

  static void setAmount(Payment payment, Card card, double amountLog) {
    payment.setAmount(Math.round(100 * Math.exp(amountLog)) / 100.0);
    payment.setAmountLog(Math.log(payment.getAmount()));
    double usual = Merchants.USUAL + Merchants.WEALTH * card.wealth();
    payment.setAmountToUsual(payment.getAmountLog() - usual);
  }

  /** Kilometres to a shop in town. */
  static double nearby(Random random) {
    return Math.exp(1.5 + 0.5 * Draw.normal(random));
  }
}
