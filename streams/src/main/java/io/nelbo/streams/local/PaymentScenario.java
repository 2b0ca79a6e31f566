package io.nelbo.streams.local;

import io.nelbo.schemas.MerchantCategory;
import io.nelbo.schemas.Payment;
import io.nelbo.schemas.PaymentChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Random;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Card payments of a few thousand holders, with {@linkplain FraudPattern fraud} planted.
 *
 * <p>What is bought follows the hour; how it is paid follows what is bought and the amount; where
 * follows the holder's travels; velocities and distances are counted from the card's own payments.
 * Fraudulent payments are charged back: the card's own counts do not see them.
 */
final class PaymentScenario implements Scenario {
  private static final int CARDS = 2_000;
  private static final double CONTACTLESS_LIMIT = Math.log(50);

  /** The share of payments in person that are followed by another within the hour. */
  private static final double FOLLOW_UPS = 0.5;

  private static final double KILOMETRES_A_MINUTE = 1.2;
  private static final double FARTHEST = 1_200;

  /** Minutes within which a holder goes from shop to shop. */
  private static final double TRIP = 45;

  private static final int DAILY_LIMIT = 7;

  /** Before the first record the cards need a past. */
  private static final int PAST = 4 * RECORDS_PER_DAY;

  private final Random random;
  private final List<Card> cards = new ArrayList<>();
  private final PriorityQueue<Visit> followUps =
      new PriorityQueue<>(Comparator.comparingDouble(Visit::hours));
  private final EpisodePlan<FraudPattern> plan;
  private final double hoursPerVisit;

  /** Hours since the start; payments come in order of time. */
  private double clock;

  private double nextVisit;
  private Card latest;
  private long record;
  private @Nullable Fraud fraud;

  PaymentScenario(long seed) {
    random = new Random(seed);
    for (int i = 1; i <= CARDS; i++) {
      cards.add(new Card(i, 0, random));
    }
    plan = new EpisodePlan<>(random, List.of(FraudPattern.values()));
    double activity = 0;
    for (int i = 0; i < 240; i++) {
      activity += Merchants.activity(i / 10.0) / 240;
    }
    hoursPerVisit = 24 * activity / (RECORDS_PER_DAY * (1 - FOLLOW_UPS));
    latest = cards.get(0);
    for (int i = 0; i < PAST; i++) {
      ordinary();
    }
  }

  @Override
  public Schema schema() {
    return Payment.getClassSchema();
  }

  @Override
  public Generated next() {
    record++;
    if (fraud == null && plan.isDue(record) && plan.kind().suits(hour()) && isVictim(latest)) {
      fraud = begin(plan.kind(), latest);
    }
    if (fraud != null && fraud.next() <= nextTime()) {
      return fraudulent(fraud);
    }
    Payment payment = ordinary();
    return new Generated(payment.getCard(), payment, null);
  }

  private double hour() {
    return clock % 24;
  }

  private double nextTime() {
    Visit followUp = followUps.peek();
    return followUp == null ? nextVisit : Math.min(nextVisit, followUp.hours());
  }

  private Payment ordinary() {
    Visit followUp = followUps.peek();
    if (followUp != null && followUp.hours() < nextVisit) {
      followUps.remove();
      clock = followUp.hours();
      return pay(followUp.card());
    }
    clock = nextVisit;
    Payment payment = pay(anyCard());
    nextVisit += Draw.exponential(random, hoursPerVisit / Math.max(1, Merchants.activity(hour())));
    return payment;
  }

  private Card anyCard() {
    Card card = cards.get(random.nextInt(CARDS));
    while (card.payments(clock, 24) >= DAILY_LIMIT || card.minutesSinceLast(clock) < TRIP) {
      card = cards.get(random.nextInt(CARDS));
    }
    return card;
  }

  private Payment pay(Card card) {
    MerchantCategory category = Merchants.category(hour(), random);
    Merchants.Trade trade = Merchants.trade(category);
    Payment payment = Payments.begun(card, clock);
    payment.setCategory(category);
    double amountLog = trade.amountLog(card, random);
    Payments.setAmount(payment, card, amountLog);
    if (random.nextDouble() < trade.online()) {
      payment.setChannel(PaymentChannel.ONLINE);
      payment.setCountry(Merchants.shop(card, random));
    } else {
      double kilometres = kilometres(card.minutesSinceLast(clock));
      card.travel(kilometres, random);
      payment.setChannel(channel(category, amountLog, card.place().equals(card.home())));
      payment.setCountry(card.place());
      payment.setDistanceFromLast(Math.log1p(kilometres));
      if (card.payments(clock, 1) < 3 && random.nextDouble() < FOLLOW_UPS) {
        followUps.add(new Visit(clock + Draw.between(random, 5, TRIP) / 60, card));
      }
    }
    payment.setHomeCountry(payment.getCountry().equals(card.home()));
    card.pay(clock);
    latest = card;
    return payment;
  }

  /** Old pumps at home still read the magnetic stripe; small amounts need no chip. */
  private PaymentChannel channel(MerchantCategory category, double amountLog, boolean home) {
    double draw = random.nextDouble();
    if (category == MerchantCategory.FUEL && home && draw < 0.6) {
      return PaymentChannel.MAGSTRIPE;
    }
    boolean small = category != MerchantCategory.CASH && amountLog < CONTACTLESS_LIMIT;
    return small && draw < 0.8 ? PaymentChannel.CONTACTLESS : PaymentChannel.CHIP;
  }

  /** How far the holder has come since the last payment: round the corner, or as far as one can. */
  private double kilometres(double minutes) {
    if (minutes < 60 || random.nextDouble() < 0.6) {
      return Payments.nearby(random);
    }
    return Math.min(FARTHEST, Draw.between(random, 0.3, 1) * KILOMETRES_A_MINUTE * minutes);
  }

  /**
   * Fraud follows a payment of somebody of usual means, at home, who has paid little of late: else
   * the velocities alone would give it away.
   */
  private boolean isVictim(Card card) {
    return Math.abs(card.wealth()) < 1
        && card.place().equals(card.home())
        && card.velocity(clock, 1) < 1.15
        && card.velocity(clock, 24) < 3.5;
  }

  private Fraud begin(FraudPattern pattern, Card card) {
    String name = pattern.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    followUps.removeIf(visit -> visit.card() == card);
    return new Fraud(plan.begin(record, name), pattern, card, clock, random);
  }

  private Generated fraudulent(Fraud current) {
    clock = current.next();
    Payment payment = current.pay();
    if (current.isOver()) {
      fraud = null;
    }
    return new Generated(payment.getCard(), payment, current.episode());
  }

  /** A payment to come: the holder goes on shopping. */
  private record Visit(double hours, Card card) {}
}
