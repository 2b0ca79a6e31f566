package io.nelbo.streams.detector;

import java.time.Duration;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The fair sample of one partition that goes to the window: each record is in it by the hash of its
 * coordinates, with a probability such that about so many records cover the window's duration in
 * event time. NOT thread safe; one a task.
 *
 * <p>The probability is the share over the records expected within the duration: the rate observed,
 * with a memory of one duration, times the duration. Of a stream just begun little is known and the
 * window is empty, so it is first filled faster: no more than ten times the time observed is looked
 * ahead. At a steady rate that puts (1 + ln(expected / share)) / 10 shares more into the first
 * window, and nothing into later ones.
 */
final class WindowSample {
  private static final double LOOK_AHEAD = 10;

  private final double share;
  private final double durationMs;

  // Records and milliseconds of stream time passed, both weighted by exp(-age / duration).
  private double records;
  private double observedMs;
  private long streamTime = Long.MIN_VALUE;

  /**
   * Creates an empty sample.
   *
   * @param share how many records of this partition the window is to hold
   */
  WindowSample(double share, Duration duration) {
    this.share = share;
    durationMs = duration.toMillis();
  }

  /** Counts a record that goes to the window whatever the sample. */
  void passes(long timestamp) {
    if (streamTime == Long.MIN_VALUE) {
      streamTime = timestamp;
    }
    if (timestamp > streamTime) {
      double passed = timestamp - streamTime;
      double kept = Math.exp(-passed / durationMs);
      records *= kept;
      observedMs = observedMs * kept + durationMs * (1 - kept);
      streamTime = timestamp;
    }
    records++;
  }

  /** Counts a record and returns whether it is in the sample. */
  boolean takes(RecordMetadata source, long timestamp) {
    passes(timestamp);
    return uniform(source) < probability();
  }

  double probability() {
    double lookAhead = observedMs > 0 ? Math.min(LOOK_AHEAD, durationMs / observedMs) : LOOK_AHEAD;
    return Math.min(1, share / (records * lookAhead));
  }

  /** A number in [0, 1) that looks random and is the same for a record at every replay. */
  static double uniform(RecordMetadata source) {
    long hash = mix(source.topic().hashCode() * 31L + source.partition());
    return (mix(hash + source.offset()) >>> 11) * 0x1p-53;
  }

  // The finalizer of SplitMix64 (Steele, Lea and Flood 2014).
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
