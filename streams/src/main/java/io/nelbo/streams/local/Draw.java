package io.nelbo.streams.local;

import java.util.Random;

/** Draws from distributions. */
final class Draw {
  private static final double FARTHEST = 2.5;

  private Draw() {}

  /** A standard normal cut at ±{@value #FARTHEST}, as limits and price lists cut it. */
  static double normal(Random random) {
    double drawn = random.nextGaussian();
    while (Math.abs(drawn) > FARTHEST) {
      drawn = random.nextGaussian();
    }
    return drawn;
  }

  static double between(Random random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  static double exponential(Random random, double mean) {
    return -mean * Math.log(1 - random.nextDouble());
  }
}
