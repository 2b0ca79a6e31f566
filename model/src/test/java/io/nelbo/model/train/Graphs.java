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
      VaeGraph.Terms terms =
          graph(manager, vae)
              .evaluate(tensors(manager, vae, vae.weights().flat()), arrays.on(manager));
      double score = (double) terms.reconstruction().getFloat(0) + terms.kl().getFloat(0);
      return new Evaluation(
          doubles(terms.mu()),
          doubles(terms.logVariance()),
          terms.kl().getFloat(0),
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

  static double loss(Vae vae, float[] weights, BatchArrays arrays) {
    try (NDManager manager = engine().newBaseManager(Device.cpu())) {
      VaeGraph.Terms terms =
          graph(manager, vae).evaluate(tensors(manager, vae, weights), arrays.on(manager));
      double sum = 0;
      for (NDArray part : new NDArray[] {terms.reconstruction(), terms.kl()}) {
        for (float nats : part.toFloatArray()) {
          sum += nats;
        }
      }
      return sum / arrays.rows();
    }
  }

  static float[] gradient(Vae vae, float[] weights, BatchArrays arrays) {
    try (NDManager manager = engine().newBaseManager(Device.cpu())) {
      return graph(manager, vae)
          .gradient(tensors(manager, vae, weights), arrays.on(manager))
          .toFloatArray();
    }
  }

  /** The gradient of the reconstruction error. */
  static float[] errorGradient(Vae vae, float[] weights, BatchArrays arrays) {
    try (NDManager manager = engine().newBaseManager(Device.cpu())) {
      return graph(manager, vae)
          .reconstructionErrorGradient(tensors(manager, vae, weights), arrays.on(manager))
          .toFloatArray();
    }
  }

  /** The reconstruction error of each row, on average. */
  static double error(Vae vae, float[] weights, BatchArrays arrays) {
    try (NDManager manager = engine().newBaseManager(Device.cpu())) {
      double sum = 0;
      for (float nats :
          graph(manager, vae)
              .reconstructionError(tensors(manager, vae, weights), arrays.on(manager))
              .toFloatArray()) {
        sum += nats;
      }
      return sum / arrays.rows();
    }
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

  private static VaeGraph graph(NDManager constants, Vae vae) {
    return new VaeGraph(constants, vae);
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
