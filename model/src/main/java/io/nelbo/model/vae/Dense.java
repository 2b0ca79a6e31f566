package io.nelbo.model.vae;

import java.util.Arrays;

/**
 * An affine map y = W x + b of float vectors, with the activation that may follow it. Outputs are
 * padded as {@link Products} says; what they are padded with stays 0.
 */
final class Dense {
  private final Products products = Products.best();
  private final int outputs;
  private final float[][] columns; // (inputs)(outputs, padded)
  private final float[] bias; // (outputs, padded)

  private Dense(int outputs, float[][] columns, float[] bias) {
    this.outputs = outputs;
    this.columns = columns;
    this.bias = bias;
  }

  static Dense of(Weights weights, Tensor matrix, Tensor bias) {
    float[] flat = weights.tensor(matrix);
    int outputs = matrix.rows(weights.shape());
    int inputs = matrix.columns(weights.shape());
    float[][] columns = new float[inputs][Products.padded(outputs)];
    for (int j = 0; j < outputs; j++) {
      for (int i = 0; i < inputs; i++) {
        columns[i][j] = flat[j * inputs + i];
      }
    }
    return new Dense(
        outputs, columns, Arrays.copyOf(weights.tensor(bias), Products.padded(outputs)));
  }

  /** Returns the map to this map's outputs followed by the other's, of the same input. */
  Dense followedBy(Dense other) {
    float[][] stacked = new float[columns.length][];
    for (int i = 0; i < columns.length; i++) {
      stacked[i] = concat(columns[i], other.columns[i], other);
    }
    return new Dense(outputs + other.outputs, stacked, concat(bias, other.bias, other));
  }

  private float[] concat(float[] first, float[] second, Dense other) {
    float[] both = Arrays.copyOf(first, Products.padded(outputs + other.outputs));
    System.arraycopy(second, 0, both, outputs, other.outputs);
    return both;
  }

  /** Returns an array for the outputs. */
  float[] newOutput() {
    return new float[bias.length];
  }

  /** Sets y to W x + b. */
  void apply(float[] x, float[] y) {
    System.arraycopy(bias, 0, y, 0, bias.length);
    products.add(columns, x, y);
  }

  /** Sets y1 to W x1 + b and y2 to W x2 + b. */
  void apply(float[] x1, float[] y1, float[] x2, float[] y2) {
    System.arraycopy(bias, 0, y1, 0, bias.length);
    System.arraycopy(bias, 0, y2, 0, bias.length);
    products.add(columns, x1, y1, x2, y2);
  }

  /** Sets y to silu(W x + b). */
  void activate(float[] x, float[] y) {
    apply(x, y);
    products.silu(y);
  }

  /** Sets y1 to silu(W x1 + b) and y2 to silu(W x2 + b). */
  void activate(float[] x1, float[] y1, float[] x2, float[] y2) {
    apply(x1, y1, x2, y2);
    products.silu(y1);
    products.silu(y2);
  }
}
