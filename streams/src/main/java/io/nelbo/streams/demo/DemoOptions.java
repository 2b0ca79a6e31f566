package io.nelbo.streams.demo;

import io.nelbo.streams.local.ScenarioName;
import java.time.Duration;

/**
 * What to show, and for how long.
 *
 * @param duration of the stream; starting before it and finishing after it come on top
 * @param rate records a second
 * @param seed of the stream and of the training
 */
public record DemoOptions(ScenarioName scenario, Duration duration, int rate, long seed) {
  public DemoOptions {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(
          "the demo must last at least a second, was " + duration.toSeconds());
    }
    if (rate < 1 || rate > 1_000_000) {
      throw new IllegalArgumentException("rate must be 1 to 1000000 records a second, was " + rate);
    }
  }
}
