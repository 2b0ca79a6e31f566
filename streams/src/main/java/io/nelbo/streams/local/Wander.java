package io.nelbo.streams.local;

import java.util.Random;

/**
 * A quantity that moves slowly and irregularly between −1 and 1 and never beyond: a valve's
 * position, the grid's load. NOT thread safe.
 */
final class Wander {
  private final Random random;
  private final double pace;
  private double phase;

  /**
   * Starts anywhere.
   *
   * @param steps about how many steps it takes there and back
   */
  Wander(Random random, double steps) {
    this.random = random;
    pace = 2 * Math.PI / steps;
    phase = 2 * Math.PI * random.nextDouble();
  }

  double next() {
    phase += pace * (1 + random.nextGaussian());
    return Math.sin(phase);
  }
}
