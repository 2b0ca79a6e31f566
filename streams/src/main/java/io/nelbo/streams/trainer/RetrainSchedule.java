package io.nelbo.streams.trainer;

import java.time.Duration;

/**
 * When to train, as pure arithmetic on milliseconds of the wall clock.
 *
 * @param interval between the end of one training and the start of the next
 * @param minRecords without which no training starts
 */
record RetrainSchedule(Duration interval, long minRecords) {
  /** Stands for "never trained yet": the first training waits for records only. */
  static final long NEVER = Long.MIN_VALUE;

  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(30);

  RetrainSchedule {
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("interval must be positive, was " + interval);
    }
  }

  boolean isDue(long now, long records, long lastTraining) {
    return records >= minRecords
        && (lastTraining == NEVER || now - lastTraining >= interval.toMillis());
  }

  /** How long to wait after so many failures in a row: 30 s, doubled each time, up to interval. */
  Duration backoff(int failures) {
    Duration doubled = FIRST_BACKOFF.multipliedBy(1L << Math.min(Math.max(failures - 1, 0), 20));
    return doubled.compareTo(interval) < 0 ? doubled : interval;
  }
}
