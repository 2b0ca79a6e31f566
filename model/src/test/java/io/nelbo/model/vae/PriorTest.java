package io.nelbo.model.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.feature.Features;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriorTest {
  private static final Prior STANDARD = new StandardNormalPrior();

  @Test
  void oneStandardComponentIsTheStandardNormal() {
    Prior mixture = mixture(new float[] {-3}, new float[2], new float[2]);
    double[] mu = {0.7, -2};
    float[] logVariance = {-1, 0.5f};

    assertThat(divergence(mixture, mu, logVariance))
        .isCloseTo(divergence(STANDARD, mu, logVariance), within(1e-12));
    assertThat(mixture.logDensity(mu)).isCloseTo(STANDARD.logDensity(mu), within(1e-12));
  }

  @Test
  void oneComponentIsAtNoDivergenceFromItself() {
    float[] mean = {1.5f, -0.5f};
    float[] logVariance = {-2, 0.75f};
    Prior mixture = mixture(new float[] {0}, mean, logVariance);

    assertThat(divergence(mixture, new double[] {1.5, -0.5}, logVariance))
        .isCloseTo(0, within(1e-12));
  }

  @Test
  void evenComponentsThatAreTheSameAreOne() {
    double[] mu = {0.7, -2};
    float[] logVariance = {-1, 0.5f};
    Prior one = mixture(new float[] {0}, new float[] {1, 2}, new float[] {-1, 1});
    Prior two = mixture(new float[] {5, 5}, new float[] {1, 2, 1, 2}, new float[] {-1, 1, -1, 1});

    assertThat(divergence(two, mu, logVariance))
        .isCloseTo(divergence(one, mu, logVariance), within(1e-12));
    assertThat(two.logDensity(mu)).isCloseTo(one.logDensity(mu), within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void divergenceIsNoLessThanTheMonteCarloMean(long seed) {
    Random random = new Random(seed);
    Prior mixture = random(5, random);
    double[] mu = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
    float[] logVariance = gaussians(3, random);
    int samples = 100_000;

    double sum = 0;
    double squares = 0;
    double[] z = new double[3];
    for (int k = 0; k < samples; k++) {
      double logRatio = 0; // log q(z|x) − log p(z)
      for (int l = 0; l < 3; l++) {
        double epsilon = random.nextGaussian();
        z[l] = mu[l] + Math.exp(0.5 * logVariance[l]) * epsilon;
        logRatio -= 0.5 * (Math.log(2 * Math.PI) + logVariance[l] + epsilon * epsilon);
      }
      logRatio -= mixture.logDensity(z);
      sum += logRatio;
      squares += logRatio * logRatio;
    }
    double mean = sum / samples;
    double standardError = Math.sqrt((squares / samples - mean * mean) / samples);

    assertThat(divergence(mixture, mu, logVariance)).isGreaterThan(mean - 4 * standardError);
  }

  @Test
  void densityIsThatOfTheDraws() {
    Random random = new Random(7);
    Prior mixture = random(4, random);
    int samples = 200_000;

    // E over p of q(z)/p(z) is 1 for any q within reach of p.
    double sum = 0;
    double mean = 0;
    double[] z = new double[3];
    for (int k = 0; k < samples; k++) {
      mixture.draw(random, z);
      sum += Math.exp(narrow(z) - mixture.logDensity(z));
      mean += z[0] / (double) samples;
    }

    assertThat(sum / samples).isCloseTo(1, within(0.03));
    assertThat(mean).isNotZero();
  }

  @Test
  void componentsAreDrawnByTheirShares() {
    Prior mixture =
        mixture(
            new float[] {(float) Math.log(3), 0},
            new float[] {-10, 0, 10, 0},
            new float[] {0, 0, 0, 0});
    Random random = new Random(8);
    double[] z = new double[2];

    int left = 0;
    for (int k = 0; k < 40_000; k++) {
      mixture.draw(random, z);
      left += z[0] < 0 ? 1 : 0;
    }

    assertThat(left / 40_000.0).isCloseTo(0.75, within(0.01));
  }

  @Test
  void latentsFarFromEveryComponentHaveAFiniteDivergence() {
    Prior mixture = random(5, new Random(9));

    for (int power = 1; power < 16; power++) {
      double far = Math.pow(10, power);
      double[] mu = {far, -far, far};
      assertThat(divergence(mixture, mu, new float[3])).isFinite().isGreaterThan(far);
      assertThat(mixture.logDensity(mu)).isFinite().isLessThan(-far);
    }
  }

  /** log N(z; 0, ¼ I). */
  private static double narrow(double[] z) {
    double squares = 0;
    for (double value : z) {
      squares += 4 * value * value;
    }
    return -0.5 * (squares + z.length * Math.log(2 * Math.PI / 4));
  }

  private static double divergence(Prior prior, double[] mu, float[] logVariance) {
    double[] variance = new double[mu.length];
    for (int l = 0; l < mu.length; l++) {
      variance[l] = Math.exp(logVariance[l]);
    }
    return prior.divergence(mu, logVariance, variance, 1, 0);
  }

  private static Prior random(int components, Random random) {
    float[] logVariances = gaussians(3 * components, random);
    for (int i = 0; i < logVariances.length; i++) {
      logVariances[i] *= 0.3f;
    }
    return mixture(gaussians(components, random), gaussians(3 * components, random), logVariances);
  }

  private static Prior mixture(float[] logits, float[] means, float[] logVariances) {
    int components = logits.length;
    Vae vae =
        Vaes.linear(
            Features.of(Vaes.continuous(1)),
            means.length / components,
            components,
            Map.of(
                Tensor.PRIOR_LOGITS, logits,
                Tensor.PRIOR_MEANS, means,
                Tensor.PRIOR_LOG_VARIANCES, logVariances));
    return Prior.of(vae.weights());
  }

  private static float[] gaussians(int count, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
