package io.nelbo.model.vae;

import java.util.Arrays;

/** The weights of a layer y = W x + b, before they are laid out. Do not modify. */
final class Affine {
  final float[] rows; // W, row by row (outputs × inputs)
  final int inputs;
  final float[] bias; // b (outputs)

  Affine(float[] rows, int inputs, float[] bias) {
    this.rows = rows;
    this.inputs = inputs;
    this.bias = bias;
  }

  static Affine of(Weights weights, Tensor matrix, Tensor bias) {
    return new Affine(
        weights.tensor(matrix), matrix.columns(weights.shape()), weights.tensor(bias));
  }

  /** Returns the layer whose outputs are these followed by the other's. */
  Affine followedBy(Affine other) {
    return new Affine(concat(rows, other.rows), inputs, concat(bias, other.bias));
  }

  private static float[] concat(float[] first, float[] second) {
    float[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
