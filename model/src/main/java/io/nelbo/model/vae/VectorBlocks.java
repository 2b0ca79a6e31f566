package io.nelbo.model.vae;

import java.util.Arrays;

/**
 * Products of a block of observations, one a lane, by the Vector API. One observation alone waits
 * for its weights, which fill the second-level cache; here a weight is loaded once for all. The
 * sums of a tile, eight outputs of two vectors of observations, stay in registers while the inputs
 * go by.
 *
 * <p>The shape of this code is as {@link VectorProducts} says.
 */
final class VectorBlocks extends Products {
  /** The floats of two of the widest vectors there are. */
  static final int WIDTH = 32;

  /** The outputs whose weights stand together, input after input. */
  static final int TILE = 8;

  @Override
  int width() {
    return WIDTH;
  }

  @Override
  Perceptron perceptron(Affine layer1, Affine layer2, Affine layer3) {
    return new DensePerceptron(this, dense(layer1), dense(layer2), dense(layer3));
  }

  private static Dense dense(Affine layer) {
    float[] rows = layer.rows;
    int inputs = layer.inputs;
    float[] bias = layer.bias;
    float[] start = Arrays.copyOf(bias, tiled(bias.length));
    float[] weights = new float[inputs * start.length];
    for (int j = 0; j < bias.length; j++) {
      for (int i = 0; i < inputs; i++) {
        weights[at(i, j, inputs)] = rows[j * inputs + i];
      }
    }
    return new VectorBlockDense(weights, inputs, start);
  }

  @Override
  LinearPath path(float[] rows, int inputs) {
    int outputs = rows.length / inputs;
    double[] weights = new double[inputs * tiled(outputs)];
    for (int j = 0; j < outputs; j++) {
      for (int i = 0; i < inputs; i++) {
        weights[at(i, j, inputs)] = rows[j * inputs + i];
      }
    }
    return new VectorBlockPath(weights, inputs, tiled(outputs));
  }

  private static int tiled(int outputs) {
    return (outputs + TILE - 1) / TILE * TILE;
  }

  /** Returns where the weight from input i to output j is. */
  private static int at(int i, int j, int inputs) {
    return (j / TILE * inputs + i) * TILE + j % TILE;
  }

  @Override
  void silu(float[] x) {
    VectorFunctions.silu(x);
  }

  @Override
  void widen(float[] x, double[] y) {
    VectorFunctions.widen(x, y);
  }

  @Override
  void narrow(double[] x, float[] y) {
    VectorFunctions.narrow(x, y);
  }

  @Override
  void exp(double[] x) {
    VectorFunctions.exp(x, x.length);
  }

  @Override
  void sum(GaussianTerms terms, int sample, int from, int to) {
    VectorTerms.sum(terms, sample, from, to);
  }

  @Override
  void fold(GaussianTerms terms) {
    VectorTerms.fold(terms);
  }
}
