package io.nelbo.model.train;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.Features;
import io.nelbo.model.linear.PrincipalComponents;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Tensor;

/**
 * The start of the linear paths: probabilistic PCA (Tipping and Bishop 1999), so that the first
 * step has the quality of a factor model.
 *
 * <p>With eigenpairs (λ_j, w_j) of the covariance of the inputs, largest first, and s² the mean of
 * the eigenvalues that no latent takes: W column j = w_j √(λ_j − s²), A row j = w_jᵀ √(λ_j − s²) /
 * λ_j, posterior variance s²/λ_j, and each decoder variance what PCA leaves of its feature.
 */
final class FactorModel {
  /** s² is at least this share of the mean eigenvalue, so that no variance starts at zero. */
  private static final double NOISE_FLOOR = 0.02;

  /** The decoder's log-variance is above −6; this is as low as it may start. */
  private static final double LOWEST_LOG_VARIANCE = -5.9;

  private final Shape shape;
  private final Features features;
  private final float[] flat;
  private final double[] mean;
  private final PrincipalComponents components;
  private final double noise;

  private FactorModel(Shape shape, Features features, InputMoments moments, float[] flat) {
    this.shape = shape;
    this.features = features;
    this.flat = flat;
    mean = moments.mean();
    components = PrincipalComponents.of(moments.covariance());
    noise = noise();
  }

  /** Writes linear paths and the biases of all heads into the weights to start from. */
  static void fill(Shape shape, Features features, InputMoments moments, float[] flat) {
    FactorModel model = new FactorModel(shape, features, moments, flat);
    model.fillLinearPaths();
    model.fillVariances();
  }

  private double noise() {
    double total = 0;
    double discarded = 0;
    for (int i = 0; i < components.count(); i++) {
      total += components.value(i);
      discarded += i < shape.latent() ? 0 : components.value(i);
    }
    int left = components.count() - shape.latent();
    // A window of constants only has no variance at all; any positive noise does then.
    double floor = total == 0 ? 1e-3 : NOISE_FLOOR * total / components.count();
    return Math.max(left > 0 ? discarded / left : 0, floor);
  }

  private void fillLinearPaths() {
    int encoder = start(Tensor.MU_LINEAR);
    int encoderBias = start(Tensor.MU_BIAS);
    int logVariance = start(Tensor.LOG_VARIANCE_BIAS);
    int decoder = start(Tensor.LOCATION_LINEAR);
    int decoderBias = start(Tensor.LOCATION_BIAS);
    for (int l = 0; l < Math.min(shape.latent(), components.count()); l++) {
      double lambda = Math.max(components.value(l), noise);
      double root = Math.sqrt(lambda - noise);
      double[] vector = components.vector(l);
      double bias = 0;
      for (int i = 0; i < shape.inputs(); i++) {
        double a = vector[i] * root / lambda;
        flat[encoder + l * shape.inputs() + i] = (float) a;
        bias -= a * mean[i];
      }
      for (int o = 0; o < shape.outputs(); o++) {
        flat[decoder + o * shape.latent() + l] = (float) (vector[o] * root);
      }
      flat[encoderBias + l] = (float) bias;
      flat[logVariance + l] = (float) Math.log(noise / lambda);
    }
    for (int o = 0; o < shape.outputs(); o++) {
      flat[decoderBias + o] = (float) mean[o];
    }
  }

  private void fillVariances() {
    int next = start(Tensor.RAW_VARIANCE_BIAS);
    for (int j = 0; j < features.count(); j++) {
      if (features.specs().get(j).kind() == FeatureKind.CONTINUOUS) {
        double v = Math.max(LOWEST_LOG_VARIANCE, Math.log(startVariance(features.offset(j))));
        // The inverse of v = −6 + softplus(raw + 6).
        flat[next++] = (float) (Math.log(Math.expm1(v + 6)) - 6);
      }
    }
  }

  /** What the linear paths leave of an input's variance, plus what the latent's noise adds. */
  private double startVariance(int input) {
    double variance = 0;
    for (int k = 0; k < components.count(); k++) {
      double lambda = Math.max(components.value(k), noise);
      double explained = k < shape.latent() ? (lambda - noise) / lambda : 0;
      double w = components.vector(k)[input];
      double left = components.value(k) * (1 - explained) * (1 - explained);
      double added = k < shape.latent() ? (lambda - noise) * noise / lambda : 0;
      variance += w * w * (left + added);
    }
    return Math.max(variance, 1e-6);
  }

  private int start(Tensor tensor) {
    return Initialization.start(shape, tensor);
  }
}
