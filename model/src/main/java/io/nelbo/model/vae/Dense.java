package io.nelbo.model.vae;

import java.util.Arrays;

/**
 * An affine map y = W x + b of float vectors, with the activation that may follow it. Outputs are
 * padded as {@link Products} says; what they are padded with stays 0. Immutable.
 */
abstract class Dense {
  private final Products products;
  private final int size;
  private final int scratch;

  /**
   * Composes a map.
   *
   * @param size of the array of outputs, padded
   * @param scratch the room that it needs besides
   */
  Dense(Products products, int size, int scratch) {
    this.products = products;
    this.size = size;
    this.scratch = scratch;
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

  /** Returns room for the outputs. */
  final Outputs newOutputs() {
    return new Outputs(size, scratch);
  }

  /** Sets y to W x + b. */
  abstract void apply(float[] x, Outputs y);

  /** Sets y1 to W x1 + b and y2 to W x2 + b, at less than twice the cost of one. */
  abstract void apply(float[] x1, Outputs y1, float[] x2, Outputs y2);

  /** Sets y to silu(W x + b). */
  final void activate(float[] x, Outputs y) {
    apply(x, y);
    products.silu(y.values);
  }

  /** Sets y1 to silu(W x1 + b) and y2 to silu(W x2 + b). */
  final void activate(float[] x1, Outputs y1, float[] x2, Outputs y2) {
    apply(x1, y1, x2, y2);
    products.silu(y1.values);
    products.silu(y2.values);
  }

  /** The outputs of a map, beside what room it needs on the way to them. NOT thread safe. */
  static final class Outputs {
    final float[] values;
    final float[] scratch;

    private Outputs(int size, int scratch) {
      values = new float[size];
      this.scratch = new float[scratch];
    }
  }
}
