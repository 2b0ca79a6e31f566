package io.nelbo.streams.trainer;

import java.time.Duration;

/**
 * When to train by age, as pure arithmetic on milliseconds of the wall clock.
 *
 * @param maxAge between the end of one training and the start of the next
 * @param longestBackoff the most to wait after a failure
 * @param minRecords without which no training starts
 */
record RetrainSchedule(Duration maxAge, Duration longestBackoff, long minRecords) {
  /** Stands for "never trained yet": the first training waits for records only. */
  static final long NEVER = Long.MIN_VALUE;

  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(30);

  RetrainSchedule {
    if (maxAge.isNegative() || maxAge.isZero()) {
      throw new IllegalArgumentException("maxAge must be positive, was " + maxAge);
    }
  }

  boolean isEnough(long records) {
    return records >= minRecords;
  }

  /** Whether the last training is too long ago, or there was none. */
  boolean isOld(long now, long lastTraining) {
    return lastTraining == NEVER || now - lastTraining >= maxAge.toMillis();
  }

  /** How long to wait after so many failures in a row: 30 s, doubled each time, up to the limit. */
  Duration backoff(int failures) {
    Duration doubled = FIRST_BACKOFF.multipliedBy(1L << Math.min(Math.max(failures - 1, 0), 20));
    return doubled.compareTo(longestBackoff) < 0 ? doubled : longestBackoff;
  }
}
