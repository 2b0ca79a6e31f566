package io.nelbo.model.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GaussianTest {
  @Test
  void knowsTheDensityOfFourPoints() {
    // Mean (1, 0), variances 2 and 0.5, no correlation.
    Gaussian gaussian = Gaussian.fit(new float[][] {{3, 0}, {-1, 0}, {1, 1}, {1, -1}});

    double logDensity = gaussian.logDensity(new float[] {2, 1});

    assertThat(gaussian.squaredDistance(new float[] {2, 1})).isCloseTo(2.5, within(1e-9));
    assertThat(logDensity).isCloseTo(-Math.log(2 * Math.PI) - 0.5 * 2.5, within(1e-9));
  }

  @Test
  void aRowCountsAsOftenAsItsWeightSays() {
    Gaussian weighted =
        Gaussian.fit(new float[][] {{0, 1}, {4, 2}, {9, 9}}, new double[] {2, 1, 0});
    Gaussian repeated = Gaussian.fit(new float[][] {{0, 1}, {0, 1}, {4, 2}});

    float[] x = {1, 5};
    assertThat(weighted.logDensity(x)).isCloseTo(repeated.logDensity(x), within(1e-9));
  }

  @Test
  void aSmallStepOutOfThePlantedPlaneIsFartherThanALargeOneWithinIt() {
    Gaussian gaussian = Gaussian.fit(plane(500, 1));

    double within = gaussian.squaredDistance(inPlane(3, -3, 0));
    double outside = gaussian.squaredDistance(inPlane(0, 0, 0.3));

    assertThat(within).isBetween(12.0, 24.0);
    assertThat(outside).isGreaterThan(2 * within);
  }

  @Test
  void aDirectionWithoutVarianceHasTheFloorsVariance() {
    Gaussian gaussian = Gaussian.fit(new float[][] {{-1, 5}, {1, 5}});

    double distance = gaussian.squaredDistance(new float[] {0, 5.1f});

    assertThat(distance).isCloseTo(0.01 / Gaussian.FLOOR, within(1e-3));
  }

  @Test
  void oneRowIsEnoughForAFiniteDensity() {
    Gaussian gaussian = Gaussian.fit(new float[][] {{2, 0, -1}});

    assertThat(gaussian.squaredDistance(new float[] {2, 0, -1})).isZero();
    assertThat(gaussian.logDensity(new float[] {-10, 10, 10})).isFinite();
  }

  /** Two factors behind five inputs. */
  private static float[][] plane(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] inputs = new float[rows][];
    for (int row = 0; row < rows; row++) {
      inputs[row] =
          inPlane(random.nextGaussian(), random.nextGaussian(), 0.02 * random.nextGaussian());
    }
    return inputs;
  }

  private static float[] inPlane(double a, double b, double offLastInput) {
    return new float[] {
      (float) a, (float) b, (float) (a + b), (float) (a - b), (float) (0.5 * a + offLastInput)
    };
  }
}
