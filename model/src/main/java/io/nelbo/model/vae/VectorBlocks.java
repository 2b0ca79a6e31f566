package io.nelbo.model.vae;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of a block of observations, one a lane, by the Vector API. One observation alone waits
 * for its weights, which fill the second-level cache; here a weight is loaded once for all. The
 * sums of a tile, four outputs of two vectors of observations, stay in registers while the inputs
 * go by.
 *
 * <p>The shape of this code is as {@link VectorProducts} says.
 */
final class VectorBlocks extends Products {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int F = FLOATS.length();
  private static final int D = DOUBLES.length();

  /** The floats of two of the widest vectors there are. */
  private static final int WIDTH = 32;

  private static final int TILE = 4;

  @Override
  int width() {
    return WIDTH;
  }

  @Override
  Dense dense(float[] rows, int inputs, float[] bias) {
    float[] start = Arrays.copyOf(bias, tiled(bias.length));
    float[] weights = new float[inputs * start.length];
    for (int j = 0; j < bias.length; j++) {
      for (int i = 0; i < inputs; i++) {
        weights[at(i, j, inputs)] = rows[j * inputs + i];
      }
    }
    return new BlockDense(weights, inputs, start);
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
    return new BlockPath(weights, inputs, tiled(outputs));
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

  private final class BlockDense extends Dense {
    private final float[] weights;
    private final int inputs;
    private final float[] bias; // padded

    BlockDense(float[] weights, int inputs, float[] bias) {
      super(VectorBlocks.this, bias.length * WIDTH, 0);
      this.weights = weights;
      this.inputs = inputs;
      this.bias = bias;
    }

    @Override
    void apply(float[] x, Outputs outputs) {
      float[] w = weights;
      float[] y = outputs.values;
      int grouped = inputs / GROUP * GROUP;
      for (int c = 0; c < WIDTH; c += 2 * F) {
        int p = 0;
        for (int j = 0; j < bias.length; j += TILE) {
          FloatVector a1 = broadcast(FLOATS, bias[j]);
          FloatVector b1 = broadcast(FLOATS, bias[j + 1]);
          FloatVector c1 = broadcast(FLOATS, bias[j + 2]);
          FloatVector d1 = broadcast(FLOATS, bias[j + 3]);
          FloatVector a2 = a1;
          FloatVector b2 = b1;
          FloatVector c2 = c1;
          FloatVector d2 = d1;
          int q = c;
          int i = 0;
          for (; i < grouped; i += GROUP) {
            FloatVector a1s = broadcast(FLOATS, 0);
            FloatVector b1s = a1s;
            FloatVector c1s = a1s;
            FloatVector d1s = a1s;
            FloatVector a2s = a1s;
            FloatVector b2s = a1s;
            FloatVector c2s = a1s;
            FloatVector d2s = a1s;
            for (int end = q + GROUP * WIDTH; q < end; q += 4 * WIDTH) {
              FloatVector x1 = fromArray(FLOATS, x, q);
              FloatVector x2 = fromArray(FLOATS, x, q + F);
              FloatVector k = broadcast(FLOATS, w[p]);
              a1s = x1.fma(k, a1s);
              a2s = x2.fma(k, a2s);
              k = broadcast(FLOATS, w[p + 1]);
              b1s = x1.fma(k, b1s);
              b2s = x2.fma(k, b2s);
              k = broadcast(FLOATS, w[p + 2]);
              c1s = x1.fma(k, c1s);
              c2s = x2.fma(k, c2s);
              k = broadcast(FLOATS, w[p + 3]);
              d1s = x1.fma(k, d1s);
              d2s = x2.fma(k, d2s);
              x1 = fromArray(FLOATS, x, q + WIDTH);
              x2 = fromArray(FLOATS, x, q + WIDTH + F);
              k = broadcast(FLOATS, w[p + 4]);
              a1s = x1.fma(k, a1s);
              a2s = x2.fma(k, a2s);
              k = broadcast(FLOATS, w[p + 5]);
              b1s = x1.fma(k, b1s);
              b2s = x2.fma(k, b2s);
              k = broadcast(FLOATS, w[p + 6]);
              c1s = x1.fma(k, c1s);
              c2s = x2.fma(k, c2s);
              k = broadcast(FLOATS, w[p + 7]);
              d1s = x1.fma(k, d1s);
              d2s = x2.fma(k, d2s);
              x1 = fromArray(FLOATS, x, q + 2 * WIDTH);
              x2 = fromArray(FLOATS, x, q + 2 * WIDTH + F);
              k = broadcast(FLOATS, w[p + 8]);
              a1s = x1.fma(k, a1s);
              a2s = x2.fma(k, a2s);
              k = broadcast(FLOATS, w[p + 9]);
              b1s = x1.fma(k, b1s);
              b2s = x2.fma(k, b2s);
              k = broadcast(FLOATS, w[p + 10]);
              c1s = x1.fma(k, c1s);
              c2s = x2.fma(k, c2s);
              k = broadcast(FLOATS, w[p + 11]);
              d1s = x1.fma(k, d1s);
              d2s = x2.fma(k, d2s);
              x1 = fromArray(FLOATS, x, q + 3 * WIDTH);
              x2 = fromArray(FLOATS, x, q + 3 * WIDTH + F);
              k = broadcast(FLOATS, w[p + 12]);
              a1s = x1.fma(k, a1s);
              a2s = x2.fma(k, a2s);
              k = broadcast(FLOATS, w[p + 13]);
              b1s = x1.fma(k, b1s);
              b2s = x2.fma(k, b2s);
              k = broadcast(FLOATS, w[p + 14]);
              c1s = x1.fma(k, c1s);
              c2s = x2.fma(k, c2s);
              k = broadcast(FLOATS, w[p + 15]);
              d1s = x1.fma(k, d1s);
              d2s = x2.fma(k, d2s);
              p += 4 * TILE;
            }
            a1 = a1.add(a1s);
            a2 = a2.add(a2s);
            b1 = b1.add(b1s);
            b2 = b2.add(b2s);
            c1 = c1.add(c1s);
            c2 = c2.add(c2s);
            d1 = d1.add(d1s);
            d2 = d2.add(d2s);
          }
          for (; i < inputs; i++) {
            FloatVector x1 = fromArray(FLOATS, x, q);
            FloatVector x2 = fromArray(FLOATS, x, q + F);
            FloatVector k = broadcast(FLOATS, w[p]);
            a1 = x1.fma(k, a1);
            a2 = x2.fma(k, a2);
            k = broadcast(FLOATS, w[p + 1]);
            b1 = x1.fma(k, b1);
            b2 = x2.fma(k, b2);
            k = broadcast(FLOATS, w[p + 2]);
            c1 = x1.fma(k, c1);
            c2 = x2.fma(k, c2);
            k = broadcast(FLOATS, w[p + 3]);
            d1 = x1.fma(k, d1);
            d2 = x2.fma(k, d2);
            q += WIDTH;
            p += TILE;
          }
          int r = j * WIDTH + c;
          a1.intoArray(y, r);
          a2.intoArray(y, r + F);
          b1.intoArray(y, r + WIDTH);
          b2.intoArray(y, r + WIDTH + F);
          c1.intoArray(y, r + 2 * WIDTH);
          c2.intoArray(y, r + 2 * WIDTH + F);
          d1.intoArray(y, r + 3 * WIDTH);
          d2.intoArray(y, r + 3 * WIDTH + F);
        }
      }
    }

    @Override
    void apply(float[] x1, Outputs y1, float[] x2, Outputs y2) {
      apply(x1, y1);
      apply(x2, y2);
    }
  }

  private static final class BlockPath extends LinearPath {
    private final double[] weights;
    private final int inputs;
    private final int outputs; // padded

    BlockPath(double[] weights, int inputs, int outputs) {
      this.weights = weights;
      this.inputs = inputs;
      this.outputs = outputs;
    }

    @Override
    void add(double[] x, double[] y) {
      double[] w = weights;
      for (int c = 0; c < WIDTH; c += 2 * D) {
        int p = 0;
        for (int j = 0; j < outputs; j += TILE) {
          int r = j * WIDTH + c;
          DoubleVector a1 = fromArray(DOUBLES, y, r);
          DoubleVector a2 = fromArray(DOUBLES, y, r + D);
          DoubleVector b1 = fromArray(DOUBLES, y, r + WIDTH);
          DoubleVector b2 = fromArray(DOUBLES, y, r + WIDTH + D);
          DoubleVector c1 = fromArray(DOUBLES, y, r + 2 * WIDTH);
          DoubleVector c2 = fromArray(DOUBLES, y, r + 2 * WIDTH + D);
          DoubleVector d1 = fromArray(DOUBLES, y, r + 3 * WIDTH);
          DoubleVector d2 = fromArray(DOUBLES, y, r + 3 * WIDTH + D);
          int q = c;
          for (int i = 0; i < inputs; i++) {
            DoubleVector x1 = fromArray(DOUBLES, x, q);
            DoubleVector x2 = fromArray(DOUBLES, x, q + D);
            DoubleVector k = broadcast(DOUBLES, w[p]);
            a1 = x1.fma(k, a1);
            a2 = x2.fma(k, a2);
            k = broadcast(DOUBLES, w[p + 1]);
            b1 = x1.fma(k, b1);
            b2 = x2.fma(k, b2);
            k = broadcast(DOUBLES, w[p + 2]);
            c1 = x1.fma(k, c1);
            c2 = x2.fma(k, c2);
            k = broadcast(DOUBLES, w[p + 3]);
            d1 = x1.fma(k, d1);
            d2 = x2.fma(k, d2);
            q += WIDTH;
            p += TILE;
          }
          a1.intoArray(y, r);
          a2.intoArray(y, r + D);
          b1.intoArray(y, r + WIDTH);
          b2.intoArray(y, r + WIDTH + D);
          c1.intoArray(y, r + 2 * WIDTH);
          c2.intoArray(y, r + 2 * WIDTH + D);
          d1.intoArray(y, r + 3 * WIDTH);
          d2.intoArray(y, r + 3 * WIDTH + D);
        }
      }
    }
  }
}
