package io.nelbo.model.vae;

import java.util.Arrays;

/**
 * An affine map y = W x + b of float vectors, with the activation that may follow it. Outputs are
 * padded as {@link Products} says; what they are padded with stays 0. Immutable.
 */
abstract class Dense {
  private final Products products;
  private final int size;

  /**
   * Composes a map.
   *
   * @param size of the array of outputs, padded
   */
  Dense(Products products, int size) {
    this.products = products;
    this.size = size;
  }

  static Dense of(Products products, Weights weights, Tensor matrix, Tensor bias) {
    return products.dense(
        weights.tensor(matrix), matrix.columns(weights.shape()), weights.tensor(bias));
  }

  /** Returns the map to the outputs of the first tensors followed by those of the second. */
  static Dense of(
      Products products, Weights weights, Tensor first, Tensor bias1, Tensor second, Tensor bias2) {
    return products.dense(
        concat(weights.tensor(first), weights.tensor(second)),
        first.columns(weights.shape()),
        concat(weights.tensor(bias1), weights.tensor(bias2)));
  }

  private static float[] concat(float[] first, float[] second) {
    float[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** Returns an array for the outputs. */
  final float[] newOutput() {
    return new float[size];
  }

  /** Sets y to W x + b. */
  abstract void apply(float[] x, float[] y);

  /** Sets y1 to W x1 + b and y2 to W x2 + b, at less than twice the cost of one. */
  abstract void apply(float[] x1, float[] y1, float[] x2, float[] y2);

  /** Sets y to silu(W x + b). */
  final void activate(float[] x, float[] y) {
    apply(x, y);
    products.silu(y);
  }

  /** Sets y1 to silu(W x1 + b) and y2 to silu(W x2 + b). */
  final void activate(float[] x1, float[] y1, float[] x2, float[] y2) {
    apply(x1, y1, x2, y2);
    products.silu(y1);
    products.silu(y2);
  }
}
