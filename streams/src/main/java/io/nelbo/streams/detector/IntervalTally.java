package io.nelbo.streams.detector;

import io.nelbo.model.policy.PValueCounts;
import io.nelbo.schemas.IntervalCounts;
import java.time.Duration;
import java.time.Instant;

/**
 * Counts the p-values of one partition, interval by interval of event time, for the trainer to
 * decide on. NOT thread safe; one a task.
 *
 * <p>What is counted leaves within the transaction that also holds the records: after so many
 * records, when another interval begins or another model comes in force, and else {@linkplain #take
 * at the caller's beat}. None is ever counted twice; of a task that dies, the records since the
 * last beat are not counted at all. That lowers a number of records, and no share.
 */
final class IntervalTally {
  private static final int MOST_RECORDS = 1_000;

  private final long intervalMs;
  private final PValueCounts counts;
  private long version;
  private long from = Long.MIN_VALUE;

  /**
   * Creates an empty tally.
   *
   * @param alpha at or below which a record counts as flagged
   */
  IntervalTally(Duration interval, double alpha) {
    intervalMs = interval.toMillis();
    counts = new PValueCounts(alpha);
  }

  /**
   * Returns whether what was counted is to be {@linkplain #take taken} before a record is counted
   * that has this event time and was scored by this version.
   */
  boolean isComplete(long timestamp, long modelVersion) {
    return counts.records() > 0
        && (counts.records() >= MOST_RECORDS
            || timestamp >= from + intervalMs
            || modelVersion != version);
  }

  /** Counts a record; one that is older than its partition's interval counts in that. */
  void add(double pValue, long timestamp, long modelVersion) {
    if (timestamp >= from + intervalMs || from == Long.MIN_VALUE) {
      from = timestamp - Math.floorMod(timestamp, intervalMs);
    }
    version = modelVersion;
    counts.add(pValue);
  }

  boolean isEmpty() {
    return counts.records() == 0;
  }

  /** Returns what was counted, and begins anew. */
  IntervalCounts take(int partition) {
    IntervalCounts taken =
        new IntervalCounts(
            partition,
            version,
            Instant.ofEpochMilli(from),
            counts.alpha(),
            counts.flagged(),
            counts.bins());
    counts.clear();
    return taken;
  }
}
