package io.nelbo.model.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import io.nelbo.model.vae.Vae;
import java.util.ArrayList;
import java.util.List;

/** Runs the training graph outside a training, on targets that are not clipped. */
final class Graphs {
  private static final double UNCLIPPED = 1e6;

  private Graphs() {}

  /** What the graph says of one observation; nats are in the record's units. */
  record Evaluation(List<Double> mu, List<Double> logVariance, double kl, double score) {}

  static Evaluation evaluate(Vae vae, double[] observation, float[] noise) {
    BatchArrays arrays = new BatchArrays(vae.features(), 1, vae.shape().latent());
    write(vae.features(), arrays, 0, observation);
    System.arraycopy(noise, 0, arrays.noise(), 0, noise.length);
    try (NDManager manager = engine().newBaseManager(Device.cpu())) {
      ElboPass pass = elbo(manager, vae, vae.weights().flat(), arrays);
      double kl = pass.kl().getFloat(0);
      double score = pass.reconstruction().getFloat(0) + kl;
      return new Evaluation(
          doubles(pass.mu()),
          doubles(pass.logVariance()),
          kl,
          score + logScales(vae.features(), observation));
    }
  }

  private static List<Double> doubles(NDArray array) {
    List<Double> values = new ArrayList<>();
    for (float value : array.toFloatArray()) {
      values.add((double) value);
    }
    return values;
  }

  /** The mean negative ELBO. */
  static double loss(Vae vae, float[] weights, BatchArrays arrays) {
    try (NDManager manager = engine().newBaseManager(Device.cpu())) {
      ElboPass pass = elbo(manager, vae, weights, arrays);
      return mean(pass.reconstruction()) + mean(pass.kl());
    }
  }

  /** The same as a training reports it. */
  static float meanLoss(Vae vae, float[] weights, BatchArrays arrays) {
    try (NDManager manager = engine().newBaseManager(Device.cpu())) {
      return elbo(manager, vae, weights, arrays).loss().getFloat();
    }
  }

  /** The gradient of the mean negative ELBO. */
  static float[] gradient(Vae vae, float[] weights, BatchArrays arrays) {
    try (NDManager manager = engine().newBaseManager(Device.cpu())) {
      return meanGradient(elbo(manager, vae, weights, arrays), arrays);
    }
  }

  /** The gradient of the mean reconstruction error. */
  static float[] errorGradient(Vae vae, float[] weights, BatchArrays arrays) {
    try (NDManager manager = engine().newBaseManager(Device.cpu())) {
      return meanGradient(error(manager, vae, weights, arrays), arrays);
    }
  }

  /** The mean reconstruction error. */
  static double error(Vae vae, float[] weights, BatchArrays arrays) {
    try (NDManager manager = engine().newBaseManager(Device.cpu())) {
      return mean(error(manager, vae, weights, arrays).reconstruction());
    }
  }

  private static ElboPass elbo(NDManager manager, Vae vae, float[] weights, BatchArrays arrays) {
    return new ElboPass(
        new VaeGraph(manager, vae), tensors(manager, vae, weights), arrays.on(manager));
  }

  private static ErrorPass error(NDManager manager, Vae vae, float[] weights, BatchArrays arrays) {
    return new ErrorPass(
        new VaeGraph(manager, vae), tensors(manager, vae, weights), arrays.on(manager));
  }

  /** In double: a mean of floats is too coarse for differences. */
  private static double mean(NDArray nats) {
    double sum = 0;
    for (float value : nats.toFloatArray()) {
      sum += value;
    }
    return sum / nats.size();
  }

  private static float[] meanGradient(Pass pass, BatchArrays arrays) {
    float[] gradient = pass.gradient().toFloatArray();
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= arrays.rows();
    }
    return gradient;
  }

  private static TensorArrays tensors(NDManager manager, Vae vae, float[] weights) {
    return new TensorArrays(manager.create(weights), vae.shape());
  }

  static void write(Features features, BatchArrays arrays, int index, double[] observation) {
    double[] y = new double[observation.length];
    for (int j = 0; j < y.length; j++) {
      FeatureSpec spec = features.specs().get(j);
      y[j] = (observation[j] - spec.mean()) / spec.scale();
    }
    arrays.write(index, observation, y, UNCLIPPED);
  }

  /** Σ log s_j over the continuous features present: from standardised to the record's units. */
  private static double logScales(Features features, double[] observation) {
    double sum = 0;
    for (int j = 0; j < observation.length; j++) {
      sum += Double.isNaN(observation[j]) ? 0 : Math.log(features.specs().get(j).scale());
    }
    return sum;
  }

  static Engine engine() {
    try {
      return Torch.engine();
    } catch (TrainingException e) {
      throw new AssertionError(e);
    }
  }
}
