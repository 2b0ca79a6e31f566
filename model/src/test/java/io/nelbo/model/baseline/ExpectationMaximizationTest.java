package io.nelbo.model.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectationMaximizationTest {
  private static final double[] WEIGHTS = {0.5, 0.3, 0.2};
  private static final double[][] MEANS = {{-3, 0}, {3, 1}, {0, 4}};
  private static final double[][] DEVIATIONS = {{1, 0.3}, {0.4, 1.2}, {0.7, 0.7}};

  @Test
  void recoversThePlantedMixture() {
    GaussianMixture mixture =
        ExpectationMaximization.fit(planted(3000, 1), new SplittableRandom(2));

    float[][] fresh = planted(1000, 3);
    double difference = 0;
    for (float[] x : fresh) {
      difference += Math.abs(mixture.logDensity(x) - trueLogDensity(x)) / fresh.length;
    }
    assertThat(mixture.size()).isEqualTo(3);
    assertThat(difference).isLessThan(0.06);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 9})
  void likelihoodNeverFalls(int size) {
    float[][] rows = planted(400, 4);
    for (float[] row : rows) {
      // A grid of few values makes components that shrink to the floor.
      row[1] = Math.round(row[1]);
    }
    ExpectationMaximization em = new ExpectationMaximization(rows, size, new SplittableRandom(5));

    double before = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < 40; i++) {
      double now = em.iterate();
      assertThat(now).as("iteration %d", i).isGreaterThanOrEqualTo(before - 1e-9);
      before = now;
    }
  }

  @Test
  void posteriorsSumToOneFarFromEveryComponent() {
    GaussianMixture mixture = ExpectationMaximization.fit(planted(500, 6), new SplittableRandom(7));
    double[] posteriors = new double[mixture.size()];

    double logDensity = mixture.posteriors(new float[] {1e6f, -1e6f}, posteriors);

    assertThat(logDensity).isFinite().isLessThan(-1e9);
    assertThat(Arrays.stream(posteriors).sum()).isCloseTo(1, within(1e-12));
  }

  @Test
  void oneComponentIsEnoughForOneGaussian() {
    SplittableRandom random = new SplittableRandom(8);
    float[][] rows = new float[800][3];
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }

    assertThat(ExpectationMaximization.fit(rows, random).size()).isEqualTo(1);
  }

  @Test
  void fewerDistinctRowsThanComponentsLeaveSomeWithoutWeight() {
    float[][] rows = {{1, 1}, {1, 1}, {1, 1}, {2, 2}, {2, 2}};
    ExpectationMaximization em = new ExpectationMaximization(rows, 4, new SplittableRandom(9));

    assertThat(em.iterate()).isFinite();
    assertThat(em.iterate()).isFinite();
    assertThat(em.mixture().logDensity(new float[] {9, -9})).isFinite();
  }

  private static float[][] planted(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] inputs = new float[rows][2];
    for (float[] x : inputs) {
      double u = random.nextDouble();
      int c = u < WEIGHTS[0] ? 0 : u < WEIGHTS[0] + WEIGHTS[1] ? 1 : 2;
      for (int i = 0; i < 2; i++) {
        x[i] = (float) (MEANS[c][i] + DEVIATIONS[c][i] * random.nextGaussian());
      }
    }
    return inputs;
  }

  private static double trueLogDensity(float[] x) {
    double density = 0;
    for (int c = 0; c < WEIGHTS.length; c++) {
      double exponent = 0;
      double norm = 2 * Math.PI;
      for (int i = 0; i < 2; i++) {
        double off = (x[i] - MEANS[c][i]) / DEVIATIONS[c][i];
        exponent += 0.5 * off * off;
        norm *= DEVIATIONS[c][i];
      }
      density += WEIGHTS[c] * Math.exp(-exponent) / norm;
    }
    return Math.log(density);
  }
}
