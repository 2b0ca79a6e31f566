package io.nelbo.model.train;

import ai.djl.ndarray.NDManager;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import java.util.SplittableRandom;

/**
 * An endless supply of minibatches: every row once in random order, then again in another order,
 * with fresh dequantisation and reparameterization noise each time. NOT thread safe.
 */
final class Minibatches {
  private final Features features;
  private final double[][] observations;
  private final double[] widths;
  private final BatchArrays arrays;
  private final SplittableRandom random;
  private final int[] order;
  private final double[] y;
  private int next;

  Minibatches(
      Features features,
      double[][] observations,
      int batchSize,
      int latent,
      SplittableRandom random) {
    this.features = features;
    this.observations = observations;
    this.random = random;
    widths = Dequantization.widths(features, observations);
    arrays = new BatchArrays(features, Math.min(batchSize, observations.length), latent);
    order = new int[observations.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    next = order.length;
    y = new double[features.count()];
  }

  /** Returns the next batch, its arrays owned by {@code step}. */
  Batch next(NDManager step) {
    for (int i = 0; i < arrays.rows(); i++) {
      write(i, observations[nextRow()]);
    }
    float[] noise = arrays.noise();
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    return arrays.on(step);
  }

  private int nextRow() {
    if (next == order.length) {
      WindowSplit.shuffle(order, random);
      next = 0;
    }
    return order[next++];
  }

  private void write(int index, double[] observation) {
    for (int j = 0; j < y.length; j++) {
      FeatureSpec spec = features.specs().get(j);
      y[j] = (observation[j] - spec.mean()) / spec.scale();
      if (widths[j] > 0) {
        y[j] += widths[j] * (random.nextDouble() - 0.5);
      }
    }
    arrays.write(index, observation, y, Features.INPUT_CLIP);
  }
}
