package io.nelbo.streams.local;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Decides when the next anomaly is planted and of which kind: at random distances, every kind
 * equally often. NOT thread safe.
 */
final class EpisodePlan<K> {
  private final Random random;
  private final List<K> kinds;
  private final List<K> bag = new ArrayList<>();
  private long next;
  private int begun;

  EpisodePlan(Random random, List<K> kinds) {
    this.random = random;
    this.kinds = List.copyOf(kinds);
    refill();
    next = distance();
  }

  /** Returns whether an episode should begin at this record or as soon after as it can. */
  boolean isDue(long record) {
    return record >= next;
  }

  K kind() {
    return bag.get(bag.size() - 1);
  }

  /** Notes that the episode due has begun, and returns it. */
  Episode begin(long record, String name) {
    bag.remove(bag.size() - 1);
    if (bag.isEmpty()) {
      refill();
    }
    next = record + distance();
    return new Episode(++begun, name);
  }

  private void refill() {
    bag.addAll(kinds);
    Collections.shuffle(bag, random);
  }

  private long distance() {
    return Math.round(Scenario.RECORDS_PER_EPISODE * (0.5 + random.nextDouble()));
  }
}
