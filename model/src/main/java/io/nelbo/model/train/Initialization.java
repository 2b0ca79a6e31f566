package io.nelbo.model.train;

import io.nelbo.model.feature.Features;
import io.nelbo.model.vae.ContinuousLikelihood;
import io.nelbo.model.vae.Elbo;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Tensor;
import io.nelbo.model.vae.Vae;
import io.nelbo.model.vae.Weights;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The weights that training starts from: random in the network, a {@link FactorModel} in the linear
 * paths, where there are any. A mixture prior starts with its components, of deviation 0.7 and even
 * shares, where the encoder puts random rows.
 */
final class Initialization {
  private static final double GAIN = 1.4;
  private static final double LOG_VARIANCE_SCALE = 0.3;
  private static final double LOCATION_SCALE = 0.5;
  private static final double RAW_VARIANCE_SCALE = 0.1;

  /** The heads of a network beside linear paths start smaller by this factor. */
  private static final double BESIDE_LINEAR = 0.05;

  private static final float COMPONENT_LOG_VARIANCE = (float) (2 * Math.log(0.7));
  private static final float MAX_COMPONENT_MEAN = 3;

  private Initialization() {}

  /**
   * Returns weights to start from.
   *
   * @param observations the rows to train on, in random order
   */
  static float[] of(
      Shape shape, Features features, double[][] observations, RandomGenerator random) {
    float[] flat = new float[Weights.count(shape)];
    fillNetwork(shape, flat, random);
    if (shape.linear()) {
      FactorModel.fill(shape, features, InputMoments.of(features, observations), flat);
    }
    if (shape.components() > 0) {
      fillMixture(shape, features, observations, flat);
    }
    return flat;
  }

  private static void fillNetwork(Shape shape, float[] flat, RandomGenerator random) {
    double head = shape.linear() ? BESIDE_LINEAR : 1;
    fill(shape, Tensor.ENCODER_1, 1, flat, random);
    fill(shape, Tensor.ENCODER_2, 1, flat, random);
    fill(shape, Tensor.MU, head, flat, random);
    fill(shape, Tensor.LOG_VARIANCE, head * LOG_VARIANCE_SCALE, flat, random);
    fill(shape, Tensor.DECODER_1, 1, flat, random);
    fill(shape, Tensor.DECODER_2, 1, flat, random);
    fill(shape, Tensor.LOCATION, head * LOCATION_SCALE, flat, random);
    fill(shape, Tensor.RAW_VARIANCE, head * RAW_VARIANCE_SCALE, flat, random);
  }

  private static void fill(
      Shape shape, Tensor tensor, double scale, float[] flat, RandomGenerator random) {
    double deviation = scale * GAIN / Math.sqrt(tensor.columns(shape));
    int start = start(shape, tensor);
    for (int i = start; i < end(shape, tensor); i++) {
      flat[i] = (float) (deviation * random.nextGaussian());
    }
  }

  private static void fillMixture(
      Shape shape, Features features, double[][] observations, float[] flat) {
    Vae vae = new Vae(features, ContinuousLikelihood.GAUSSIAN, 0.5, Weights.of(shape, flat));
    Elbo elbo = new Elbo(vae, new float[0]);
    int next = start(shape, Tensor.PRIOR_MEANS);
    for (int c = 0; c < shape.components(); c++) {
      elbo.negative(observations[c % observations.length]);
      for (double mu : elbo.mu()) {
        flat[next++] = (float) Math.max(-MAX_COMPONENT_MEAN, Math.min(MAX_COMPONENT_MEAN, mu));
      }
    }
    Arrays.fill(
        flat,
        start(shape, Tensor.PRIOR_LOG_VARIANCES),
        end(shape, Tensor.PRIOR_LOG_VARIANCES),
        COMPONENT_LOG_VARIANCE);
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

  /** The index after a tensor's last weight. */
  static int end(Shape shape, Tensor tensor) {
    return start(shape, tensor) + tensor.rows(shape) * tensor.columns(shape);
  }
}
