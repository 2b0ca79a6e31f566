package io.nelbo.model.train;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.Features;
import io.nelbo.model.linear.PrincipalComponents;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Tensor;
import io.nelbo.model.vae.Weights;
import java.util.random.RandomGenerator;

/**
 * The weights that training starts from: the linear paths are probabilistic PCA (Tipping and Bishop
 * 1999), so the first step has the quality of a factor model, and the network starts near zero.
 *
 * <p>With eigenpairs (λ_j, w_j) of the covariance of the inputs, largest first, and s² the mean of
 * the eigenvalues that no latent takes: W column j = w_j √(λ_j − s²), A row j = w_jᵀ √(λ_j − s²) /
 * λ_j, posterior variance s²/λ_j, and each decoder variance what PCA leaves of its feature.
 */
final class Initialization {
  private static final double GAIN = 1.4;
  private static final double MU_SCALE = 0.05;
  private static final double LOG_VARIANCE_SCALE = 0.015;
  private static final double LOCATION_SCALE = 0.025;
  private static final double RAW_VARIANCE_SCALE = 0.005;

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

  private Initialization(Shape shape, Features features, InputMoments moments) {
    this.shape = shape;
    this.features = features;
    flat = new float[Weights.count(shape)];
    mean = moments.mean();
    components = PrincipalComponents.of(moments.covariance());
    noise = noise();
  }

  static float[] of(Shape shape, Features features, InputMoments moments, RandomGenerator random) {
    Initialization initialization = new Initialization(shape, features, moments);
    initialization.fillNetwork(random);
    initialization.fillLinearPaths();
    initialization.fillVariances();
    return initialization.flat;
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

  private void fillNetwork(RandomGenerator random) {
    fill(Tensor.ENCODER_1, 1, random);
    fill(Tensor.ENCODER_2, 1, random);
    fill(Tensor.MU, MU_SCALE, random);
    fill(Tensor.LOG_VARIANCE, LOG_VARIANCE_SCALE, random);
    fill(Tensor.DECODER_1, 1, random);
    fill(Tensor.DECODER_2, 1, random);
    fill(Tensor.LOCATION, LOCATION_SCALE, random);
    fill(Tensor.RAW_VARIANCE, RAW_VARIANCE_SCALE, random);
  }

  private void fill(Tensor tensor, double scale, RandomGenerator random) {
    double deviation = scale * GAIN / Math.sqrt(tensor.columns(shape));
    int start = start(tensor);
    for (int i = 0; i < tensor.rows(shape) * tensor.columns(shape); i++) {
      flat[start + i] = (float) (deviation * random.nextGaussian());
    }
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
    return start(shape, tensor);
  }

  /** The index of a tensor's first weight. */
  static int start(Shape shape, Tensor tensor) {
    int start = 0;
    for (Tensor before : Tensor.values()) {
      if (before == tensor) {
        break;
      }
      start += before.rows(shape) * before.columns(shape);
    }
    return start;
  }
}
