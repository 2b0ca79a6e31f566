package io.nelbo.streams.local;

import io.nelbo.schemas.Payment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A fraud under way: some payments with one card, after one another. NOT thread safe. */
final class Fraud {
  private static final int FEWEST = 2;
  private static final int MOST = 4;

  private final Episode episode;
  private final FraudPattern pattern;
  private final Card card;
  private final Random random;
  private final int length;
  private final List<Double> times = new ArrayList<>();
  private double next;

  Fraud(Episode episode, FraudPattern pattern, Card card, double now, Random random) {
    this.episode = episode;
    this.pattern = pattern;
    this.card = card;
    this.random = random;
    length = FEWEST + random.nextInt(MOST - FEWEST + 1);
    next = now + gap();
  }

  Episode episode() {
    return episode;
  }

  /** The time of the next payment, in hours. */
  double next() {
    return next;
  }

  boolean isOver() {
    return times.size() == length;
  }

  Payment pay() {
    Payment payment = Payments.begun(card, next);
    if (!times.isEmpty()) {
      double last = times.get(times.size() - 1);
      payment.setMinutesSinceLast(Math.log1p(60 * (next - last)));
    }
    payment.setHourlyVelocity(payment.getHourlyVelocity() + velocity(1));
    payment.setDailyVelocity(payment.getDailyVelocity() + velocity(24));
    pattern.apply(payment, card, random);
    times.add(next);
    next += gap();
    return payment;
  }

  private double velocity(double hours) {
    return times.stream().mapToDouble(time -> Math.exp((time - next) / hours)).sum();
  }

  private double gap() {
    return pattern.minutesBetween() * Draw.between(random, 0.9, 1.1) / 60;
  }
}
