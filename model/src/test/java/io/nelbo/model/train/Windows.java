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

  /** Scale and noise of the linear world's four numbers; the first two share one factor. */
  private static final double[] MEANS = {20, -1, 1000, 0.02};

  private static final double[] LOADINGS = {3, -0.5, 80, 0.03};
  private static final double[] NOISE = {0.6, 0.1, 16, 0.006};

  private Windows() {}

  static TrainingConfig quick(int steps) {
    return TrainingConfig.defaults().withDevice(DeviceChoice.CPU).withSteps(steps);
  }

  static Trained train(Observations window, TrainingConfig config) throws TrainingException {
    return VaeTrainer.train(window, FROM, TO, config, TrainingListener.SILENT);
  }

  static Column number(String name) {
    return new Column(name, FeatureKind.CONTINUOUS, false);
  }

  /** A linear-Gaussian world: one factor behind the first two numbers, another behind the rest. */
  static Observations linear(int rows, long seed) {
    Observations window =
        new Observations(List.of(number("a"), number("b"), number("c"), number("d")));
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < rows; i++) {
      double[] factors = {random.nextGaussian(), random.nextGaussian()};
      double[] row = new double[4];
      for (int j = 0; j < row.length; j++) {
        row[j] = MEANS[j] + LOADINGS[j] * factors[j / 2] + NOISE[j] * random.nextGaussian();
      }
      window.add(row);
    }
    return window;
  }

  /** log p(x) of a row of the linear world: two independent pairs of correlated Gaussians. */
  static double linearLogLikelihood(Observations window, int row) {
    double sum = 0;
    for (int j = 0; j < 4; j += 2) {
      double a = LOADINGS[j] * LOADINGS[j] + NOISE[j] * NOISE[j];
      double b = LOADINGS[j + 1] * LOADINGS[j + 1] + NOISE[j + 1] * NOISE[j + 1];
      double ab = LOADINGS[j] * LOADINGS[j + 1];
      double x = window.value(row, j) - MEANS[j];
      double y = window.value(row, j + 1) - MEANS[j + 1];
      double determinant = a * b - ab * ab;
      double squaredDistance = (b * x * x - 2 * ab * x * y + a * y * y) / determinant;
      sum -= Math.log(2 * Math.PI) + 0.5 * (Math.log(determinant) + squaredDistance);
    }
    return sum;
  }

  /** All kinds of feature, half of the values missing. */
  static Observations mixed(int rows, double missing, long seed) {
    Observations window =
        new Observations(
            List.of(
                new Column("amount", FeatureKind.CONTINUOUS, true),
                new Column("online", FeatureKind.BINARY, true),
                new Column("country", FeatureKind.CATEGORICAL, true),
                new Column("hour", FeatureKind.CONTINUOUS, true)));
    SplittableRandom random = new SplittableRandom(seed);
    String[] countries = {"DE", "FR", "US"};
    for (int i = 0; i < rows; i++) {
      int country = random.nextInt(3);
      double[] row = {
        Math.exp(country + random.nextGaussian()),
        random.nextInt(4) < country ? 1 : 0,
        window.code(2, countries[country]),
        random.nextInt(24)
      };
      for (int j = 0; j < row.length; j++) {
        row[j] = random.nextDouble() < missing ? Double.NaN : row[j];
      }
      window.add(row);
    }
    return window;
  }
}
