package io.nelbo.model.train;

import io.nelbo.model.feature.Column;
import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.Observations;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** Windows with known properties to train on. */
final class Windows {
  static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant TO = FROM.plusSeconds(3600);

  private Windows() {}

  static Column number(String name) {
    return new Column(name, FeatureKind.CONTINUOUS, false);
  }

  /** Two factors behind four numbers in units of their own: a linear-Gaussian world. */
  static Observations linear(int rows, long seed) {
    Observations window =
        new Observations(List.of(number("a"), number("b"), number("c"), number("d")));
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < rows; i++) {
      double p = random.nextGaussian();
      double q = random.nextGaussian();
      window.add(
          new double[] {
            20 + 3 * p + 0.3 * random.nextGaussian(),
            -1 - 0.5 * p + 0.05 * random.nextGaussian(),
            1000 + 80 * q + 10 * random.nextGaussian(),
            0.02 * p + 0.03 * q + 0.004 * random.nextGaussian()
          });
    }
    return window;
  }
}
