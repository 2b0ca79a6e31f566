package io.nelbo.streams.local;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * A payment card: its holder's habits and what was paid with it in the last day. Times in hours.
 */
final class Card {
  private static final double DAY = 24;

  /** Payments count for so long; then hardly anything is left of them. */
  private static final double MEMORY = 4 * DAY;

  private static final List<String> HOMES = List.of("DE", "FR", "NL", "ES", "IT", "PL");

  /** Another country is at least so many kilometres away. */
  private static final double BORDER = 300;

  private final String number;
  private final String home;
  private final double wealth;
  private final Deque<Double> payments = new ArrayDeque<>();
  private String place;
  private double last;

  Card(int number, double now, Random random) {
    this.number = String.format("card-%05d", number);
    home = HOMES.get(random.nextInt(HOMES.size()));
    place = home;
    wealth = Draw.normal(random);
    last = now - DAY * random.nextDouble();
  }

  String number() {
    return number;
  }

  String home() {
    return home;
  }

  /** How freely the holder spends, standard normal. */
  double wealth() {
    return wealth;
  }

  /** Where the last payment in person was. */
  String place() {
    return place;
  }

  /** A country, other than the holder's own, where people live and shop. */
  String abroad(Random random) {
    String country = home;
    while (country.equals(home)) {
      country = HOMES.get(random.nextInt(HOMES.size()));
    }
    return country;
  }

  /** Moves the holder by so many kilometres, which may lead to another country or back home. */
  void travel(double kilometres, Random random) {
    if (kilometres < BORDER) {
      return;
    }
    if (!place.equals(home)) {
      place = random.nextDouble() < 0.6 ? home : place;
    } else if (random.nextDouble() < 0.4) {
      place = abroad(random);
    }
  }

  double minutesSinceLast(double now) {
    return 60 * (now - last);
  }

  /** Counts earlier payments, each e^(-t/hours) after t hours. */
  double velocity(double now, double hours) {
    double sum = 0;
    for (double payment : payments) {
      sum += Math.exp((payment - now) / hours);
    }
    return sum;
  }

  /** Counts the payments of the last so many hours. */
  int payments(double now, double hours) {
    return (int) payments.stream().filter(payment -> payment >= now - hours).count();
  }

  void pay(double now) {
    last = now;
    payments.addLast(now);
    while (payments.getFirst() < now - MEMORY) {
      payments.removeFirst();
    }
  }
}
