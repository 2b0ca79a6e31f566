package io.nelbo.streams.detector;

import io.nelbo.streams.live.ScoreRing;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Quantiles of the scores that a ring holds: the latest, a sample where they come fast. Sorted anew
 * at most once a second, by the thread that asks.
 */
final class ScoreQuantiles {
  private static final long KEPT_NANOS = 1_000_000_000;

  private final ScoreRing ring;
  private double[] sorted = {};
  private long readAt = System.nanoTime() - KEPT_NANOS;

  ScoreQuantiles(ScoreRing ring) {
    this.ring = ring;
  }

  /** The quantile at a probability in [0, 1]; NaN while there is no score. */
  synchronized double at(double probability) {
    long now = System.nanoTime();
    if (now - readAt >= KEPT_NANOS) {
      readAt = now;
      DoubleStream.Builder scores = DoubleStream.builder();
      ring.read(0, (score, pValue, timeMs) -> scores.add(score));
      sorted = scores.build().toArray();
      Arrays.sort(sorted);
    }
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.round(probability * (sorted.length - 1))];
  }
}
