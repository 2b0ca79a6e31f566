package io.nelbo.model.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A linear-Gaussian VAE of three features and two latents: y = W z + b + noise has log p(x) = log
 * N(y; b, W Wᵀ + D) − Σ log s_j in closed form.
 */
class EstimatorsTest {
  private static final Features FEATURES =
      Features.of(
          List.of(
              FeatureSpec.continuous("a", 10, 2, false),
              FeatureSpec.continuous("b", -3, 0.5, false),
              FeatureSpec.continuous("c", 0, 100, false)));
  private static final float[] W = {0.9f, 0, 0.3f, 0.7f, -0.5f, 0.6f};
  private static final float[] B = {0.1f, -0.2f, 0.3f};
  private static final float[] RAW_VARIANCE = {-1.5f, -0.5f, 0.4f};

  /** An encoder that is off the posterior, as encoders are. */
  private static final Vae VAE =
      vae(new float[] {0.5f, 0.1f, -0.2f, 0, 0.3f, 0.2f}, new float[] {0.1f, 0}, -0.4f);

  private static Vae vae(float[] muLinear, float[] muBias, float logVariance) {
    return Vaes.linear(FEATURES, 2, network(muLinear, muBias, logVariance));
  }

  private static Map<Tensor, float[]> network(float[] muLinear, float[] muBias, float logVariance) {
    return Map.of(
        Tensor.MU_LINEAR, muLinear,
        Tensor.MU_BIAS, muBias,
        Tensor.LOG_VARIANCE_BIAS, new float[] {logVariance, logVariance},
        Tensor.LOCATION_LINEAR, W,
        Tensor.LOCATION_BIAS, B,
        Tensor.RAW_VARIANCE_BIAS, RAW_VARIANCE);
  }

  static List<double[]> observations() {
    return List.of(
        new double[] {10, -3, 0}, new double[] {12.5, -3.4, 120}, new double[] {7, -1.9, -210});
  }

  @ParameterizedTest
  @MethodSource("observations")
  void elboIsBelowTheImportanceWeightedBoundWhichIsBelowTheLikelihood(double[] observation) {
    Estimators estimators = new Estimators(VAE, 1);
    double logLikelihood = logLikelihood(observation);

    double elbo = exactElbo(observation);
    double sampled = estimators.sampledElbo(observation, 100_000);
    double bound = mean(() -> estimators.importanceWeighted(observation, 5));
    double tighter = mean(() -> estimators.importanceWeighted(observation, 50));

    assertThat(sampled).isCloseTo(elbo, within(0.02));
    assertThat(elbo).isLessThan(bound);
    assertThat(bound).isLessThan(tighter);
    assertThat(tighter).isLessThan(logLikelihood);
  }

  @ParameterizedTest
  @MethodSource("observations")
  void estimatesOfTheLikelihoodAreTheClosedForm(double[] observation) {
    Estimators estimators = new Estimators(VAE, 2);
    double logLikelihood = logLikelihood(observation);

    assertThat(estimators.importanceWeighted(observation, 100_000))
        .isCloseTo(logLikelihood, within(0.02));
    assertThat(estimators.naive(observation, 400_000)).isCloseTo(logLikelihood, within(0.05));
  }

  @ParameterizedTest
  @MethodSource("observations")
  void estimatesUnderAMixturePriorAreTheClosedForm(double[] observation) {
    Map<Tensor, float[]> tensors =
        new EnumMap<>(network(new float[] {0.5f, 0.1f, -0.2f, 0, 0.3f, 0.2f}, new float[2], -0.4f));
    tensors.put(Tensor.PRIOR_LOGITS, new float[] {(float) Math.log(3), 0});
    tensors.put(Tensor.PRIOR_MEANS, new float[] {-0.5f, 0.2f, 1, 0.4f});
    tensors.put(Tensor.PRIOR_LOG_VARIANCES, new float[] {-0.7f, 0, 0.3f, -0.2f});
    Vae vae = Vaes.linear(FEATURES, 2, 2, tensors);
    Estimators estimators = new Estimators(vae, 3);
    double first =
        logLikelihood(observation, new double[] {-0.5, 0.2}, new double[] {Math.exp(-0.7), 1});
    double second =
        logLikelihood(
            observation, new double[] {1, 0.4}, new double[] {Math.exp(0.3), Math.exp(-0.2)});
    double logLikelihood = Math.log(0.75 * Math.exp(first) + 0.25 * Math.exp(second));
    double elbo =
        -0.5
            * (new Elbo(vae, new float[] {1, 1}).negative(observation)
                + new Elbo(vae, new float[] {1, -1}).negative(observation));

    double sampled = estimators.sampledElbo(observation, 100_000);

    assertThat(estimators.importanceWeighted(observation, 100_000))
        .isCloseTo(logLikelihood, within(0.02));
    assertThat(estimators.naive(observation, 400_000)).isCloseTo(logLikelihood, within(0.05));
    // The bound on the KL costs the ELBO a little; the sampled one does without it.
    assertThat(elbo).isLessThan(sampled + 0.02).isGreaterThan(sampled - 1);
    assertThat(sampled).isLessThan(logLikelihood);
  }

  @Test
  void exactPosteriorMakesEverySampleTheLikelihood() {
    // One latent, one feature: posterior precision 1 + w²/v, mean w (y − b) / v over it.
    double variance = Math.exp(Likelihood.logVariance(RAW_VARIANCE[0]));
    double w = 0.8f;
    double posterior = 1 / (1 + w * w / variance);
    float gain = (float) (posterior * w / variance);
    Features one = Features.of(FEATURES.specs().subList(0, 1));
    Vae vae =
        Vaes.linear(
            one,
            1,
            Map.of(
                Tensor.MU_LINEAR, new float[] {gain},
                Tensor.MU_BIAS, new float[] {-gain * B[0]},
                Tensor.LOG_VARIANCE_BIAS, new float[] {(float) Math.log(posterior)},
                Tensor.LOCATION_LINEAR, new float[] {0.8f},
                Tensor.LOCATION_BIAS, B,
                Tensor.RAW_VARIANCE_BIAS, RAW_VARIANCE));
    double[] observation = {13};
    double y = (observation[0] - 10) / 2 - B[0];
    double total = w * w + variance;
    double logLikelihood = -0.5 * (Math.log(2 * Math.PI * total) + y * y / total) - Math.log(2);

    for (long seed = 0; seed < 20; seed++) {
      assertThat(new Estimators(vae, seed).sampledElbo(observation, 1))
          .isCloseTo(logLikelihood, within(1e-5));
    }
    // ε = 1 integrates a quadratic exactly, so the ELBO with its analytic KL is tight too.
    assertThat(-new Elbo(vae, new float[] {1}).negative(observation))
        .isCloseTo(logLikelihood, within(1e-5));
  }

  @Test
  void equalSeedsGiveEqualEstimates() {
    double[] observation = observations().get(1);

    assertThat(new Estimators(VAE, 7).importanceWeighted(observation, 10))
        .isEqualTo(new Estimators(VAE, 7).importanceWeighted(observation, 10))
        .isNotEqualTo(new Estimators(VAE, 8).importanceWeighted(observation, 10));
  }

  @Test
  void refusesNoSamples() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Estimators(VAE, 0).naive(observations().get(0), 0))
        .withMessage("samples must be at least 1, was 0");
  }

  /** ε = (1, 1) and (1, −1) with their opposites integrate a quadratic in z exactly. */
  private static double exactElbo(double[] observation) {
    double same = new Elbo(VAE, new float[] {1, 1}).negative(observation);
    double opposite = new Elbo(VAE, new float[] {1, -1}).negative(observation);
    return -0.5 * (same + opposite);
  }

  private static double mean(DoubleSupplier estimate) {
    return DoubleStream.generate(estimate).limit(4_000).average().orElseThrow();
  }

  private static double logLikelihood(double[] observation) {
    return logLikelihood(observation, new double[2], new double[] {1, 1});
  }

  /** log p(x) under a prior N(m, diag s). */
  private static double logLikelihood(double[] observation, double[] m, double[] s) {
    double[] y = new double[3];
    double[][] covariance = new double[3][3];
    double units = 0;
    for (int i = 0; i < 3; i++) {
      FeatureSpec spec = FEATURES.specs().get(i);
      y[i] =
          (observation[i] - spec.mean()) / spec.scale()
              - B[i]
              - W[2 * i] * m[0]
              - W[2 * i + 1] * m[1];
      units += Math.log(spec.scale());
      for (int j = 0; j < 3; j++) {
        covariance[i][j] = W[2 * i] * W[2 * j] * s[0] + W[2 * i + 1] * W[2 * j + 1] * s[1];
      }
      covariance[i][i] += Math.exp(Likelihood.logVariance(RAW_VARIANCE[i]));
    }
    // Cholesky factor and forward substitution in one pass.
    double sum = 1.5 * Math.log(2 * Math.PI) + units;
    double[][] factor = new double[3][3];
    double[] whitened = new double[3];
    for (int i = 0; i < 3; i++) {
      double left = y[i];
      for (int j = 0; j <= i; j++) {
        double entry = covariance[i][j];
        for (int k = 0; k < j; k++) {
          entry -= factor[i][k] * factor[j][k];
        }
        factor[i][j] = i == j ? Math.sqrt(entry) : entry / factor[j][j];
        left -= j < i ? factor[i][j] * whitened[j] : 0;
      }
      whitened[i] = left / factor[i][i];
      sum += Math.log(factor[i][i]) + 0.5 * whitened[i] * whitened[i];
    }
    return -sum;
  }
}
