package io.nelbo.streams.cli;

import io.nelbo.model.score.ModelVersion;
import io.nelbo.schemas.IntervalCounts;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.streams.models.ModelTopic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of a version: put together from the models topic, the model events and the counts of
 * p-values.
 *
 * @param isPinned whether it is to stay in force
 * @param from when it came in force
 * @param to when another did; null if none has
 * @param scored how many records it has scored, as far as that is known
 * @param flagged how many of them had a p-value at or below the policy's α
 */
record VersionLife(
    ModelVersion model,
    State state,
    boolean isPinned,
    Instant from,
    @Nullable Instant to,
    long scored,
    long flagged) {
  enum State {
    IN_FORCE,
    KEPT,
    /** On the topic until Kafka compacts it; cannot be rolled back to. */
    SUPERSEDED
  }

  /**
   * Returns the versions of a name, oldest first.
   *
   * @param entries usable ones of the name
   * @param events of the name, oldest first
   * @param counts of the name's versions, as many as are there
   */
  static List<VersionLife> of(
      List<ModelTopic.Entry> entries, List<ModelEvent> events, Collection<IntervalCounts> counts) {
    NavigableMap<Long, ModelTopic.Entry> versions = new TreeMap<>();
    NavigableMap<Long, Instant> begun = new TreeMap<>();
    long inForce = 0;
    for (ModelTopic.Entry entry : entries) {
      long version = entry.version();
      versions.merge(version, entry, (one, other) -> one.kept() ? one : other);
      begun.merge(version, entry.publishedAt(), (one, other) -> one.isBefore(other) ? one : other);
      inForce = entry.kept() ? inForce : Math.max(inForce, version);
    }
    Map<Long, long[]> tallies = tallies(events, counts);
    Long pinned = null;
    for (ModelEvent event : events) {
      Long version = event.getVersion();
      switch (event.getKind()) {
        case PINNED -> pinned = version;
        case UNPINNED -> pinned = null;
        case PUBLISHED, ROLLED_BACK -> {
          if (version != null) {
            begun.putIfAbsent(version, event.getAt());
          }
        }
        default -> {
          // says nothing of what is in force
        }
      }
    }
    List<VersionLife> lives = new ArrayList<>();
    for (ModelTopic.Entry entry : versions.values()) {
      long version = entry.version();
      Map.Entry<Long, Instant> next = begun.higherEntry(version);
      long[] tally = tallies.getOrDefault(version, new long[2]);
      lives.add(
          new VersionLife(
              entry.usable(),
              version == inForce ? State.IN_FORCE : entry.kept() ? State.KEPT : State.SUPERSEDED,
              pinned != null && pinned == version,
              begun.getOrDefault(version, entry.publishedAt()),
              next == null ? null : next.getValue(),
              tally[0],
              tally[1]));
    }
    return lives;
  }

  /** Scored and flagged by version: of former ones as their successors' events say. */
  private static Map<Long, long[]> tallies(
      List<ModelEvent> events, Collection<IntervalCounts> counts) {
    Map<Long, long[]> tallies = new HashMap<>();
    for (IntervalCounts count : counts) {
      long[] tally = tallies.computeIfAbsent(count.getModelVersion(), version -> new long[2]);
      tally[0] += count.getBins().stream().mapToLong(Long::longValue).sum();
      tally[1] += count.getFlagged();
    }
    for (ModelEvent event : events) {
      Map<String, Double> numbers = event.getNumbers();
      if ((event.getKind() == ModelEventKind.PUBLISHED
              || event.getKind() == ModelEventKind.ROLLED_BACK)
          && numbers.containsKey("formerRecords")) {
        tallies.put(
            numbers.getOrDefault("former", 0.0).longValue(),
            new long[] {
              numbers.get("formerRecords").longValue(),
              numbers.getOrDefault("formerFlagged", 0.0).longValue()
            });
      }
    }
    return tallies;
  }

  /** The share of what it has scored that it flagged; NaN if nothing is known of that. */
  double flaggedShare() {
    return scored == 0 ? Double.NaN : (double) flagged / scored;
  }
}
