package io.nelbo.model.vae;

import java.util.Arrays;

/**
 * An affine map y = W x + b of float vectors.
 *
 * <p>Implementation: W is held transposed, one array of all outputs for each input, and y is built
 * up by four inputs a pass. Every array of the inner loop is then read at the same index, which is
 * the shape that the JIT compiler turns into vector instructions; a dot product a row is not, for
 * it may not reorder a float sum. Additions happen in one fixed order, so equal inputs give equal
 * bits.
 */
final class Dense {
  private final float[][] columns; // (inputs)(outputs)
  private final float[] bias; // (outputs)

  private Dense(float[][] columns, float[] bias) {
    this.columns = columns;
    this.bias = bias;
  }

  static Dense of(Weights weights, Tensor matrix, Tensor bias) {
    return new Dense(transposed(weights, matrix), weights.tensor(bias));
  }

  /** Returns the map to this map's outputs followed by the other's, of the same input. */
  Dense followedBy(Dense other) {
    float[][] stacked = new float[columns.length][];
    for (int i = 0; i < columns.length; i++) {
      stacked[i] = concat(columns[i], other.columns[i]);
    }
    return new Dense(stacked, concat(bias, other.bias));
  }

  /** Sets y to W x + b. */
  void apply(float[] x, float[] y) {
    int outputs = bias.length;
    System.arraycopy(bias, 0, y, 0, outputs);
    int i = 0;
    for (; i + 3 < columns.length; i += 4) {
      float x0 = x[i];
      float x1 = x[i + 1];
      float x2 = x[i + 2];
      float x3 = x[i + 3];
      if (x0 == 0 && x1 == 0 && x2 == 0 && x3 == 0) {
        continue; // most inputs of a one-hot category are 0
      }
      float[] w0 = columns[i];
      float[] w1 = columns[i + 1];
      float[] w2 = columns[i + 2];
      float[] w3 = columns[i + 3];
      for (int j = 0; j < outputs; j++) {
        y[j] += Math.fma(w3[j], x3, Math.fma(w2[j], x2, Math.fma(w1[j], x1, w0[j] * x0)));
      }
    }
    for (; i < columns.length; i++) {
      float x0 = x[i];
      float[] w0 = columns[i];
      for (int j = 0; j < outputs; j++) {
        y[j] = Math.fma(w0[j], x0, y[j]);
      }
    }
  }

  private static float[][] transposed(Weights weights, Tensor matrix) {
    float[] flat = weights.tensor(matrix);
    int rows = matrix.rows(weights.shape());
    int inputs = matrix.columns(weights.shape());
    float[][] columns = new float[inputs][rows];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < inputs; i++) {
        columns[i][row] = flat[row * inputs + i];
      }
    }
    return columns;
  }

  private static float[] concat(float[] first, float[] second) {
    float[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
