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
    VectorFunctions.exp(x);
  }

  @Override
  void sum(GaussianTerms terms, int sample, int from, int to) {
    writeExponents(terms, sample, from, to);
    VectorFunctions.exp(terms.exponentials);
    addTerms(terms, sample, from, to);
  }

  private static void writeExponents(GaussianTerms terms, int sample, int from, int to) {
    double[] present = terms.present;
    double[] shift = terms.shift;
    double[] variances = terms.variances[sample];
    double[] exponents = terms.exponentials;
    int variance = terms.firstVariance * WIDTH;
    for (int i = 0; i < WIDTH; i += 2 * D) {
      DoubleVector greatest1 = broadcast(DOUBLES, -Exponential.BOUND);
      DoubleVector greatest2 = greatest1;
      int to1 = 0;
      for (int j = from * WIDTH + i; j < to * WIDTH; j += WIDTH) {
        DoubleVector t1 = fromArray(DOUBLES, variances, variance + j);
        DoubleVector t2 = fromArray(DOUBLES, variances, variance + j + D);
        t1 = t1.fma(fromArray(DOUBLES, present, j), fromArray(DOUBLES, shift, j));
        t2 = t2.fma(fromArray(DOUBLES, present, j + D), fromArray(DOUBLES, shift, j + D));
        greatest1 = greatest1.max(t1);
        greatest2 = greatest2.max(t2);
        t1.max(-Exponential.BOUND).intoArray(exponents, to1 + i);
        t2.max(-Exponential.BOUND).intoArray(exponents, to1 + i + D);
        to1 += WIDTH;
      }
      greatest1.intoArray(terms.greatestOf, sample * SUMS * WIDTH + i);
      greatest2.intoArray(terms.greatestOf, sample * SUMS * WIDTH + i + D);
    }
  }

  private static void addTerms(GaussianTerms terms, int sample, int from, int to) {
    double[] y = terms.y;
    double[] present = terms.present;
    double[] means = terms.means[sample];
    double[] exponentials = terms.exponentials;
    int first = sample * SUMS * WIDTH;
    int offset = from * WIDTH;
    for (int i = 0; i < SUMS * WIDTH; i += 2 * D) {
      DoubleVector product1 = broadcast(DOUBLES, 1);
      DoubleVector product2 = product1;
      DoubleVector squares1 = broadcast(DOUBLES, 0);
      DoubleVector squares2 = squares1;
      for (int j = offset + i; j < to * WIDTH; j += SUMS * WIDTH) {
        DoubleVector e1 = fromArray(DOUBLES, exponentials, j - offset).add(1.0);
        DoubleVector e2 = fromArray(DOUBLES, exponentials, j - offset + D).add(1.0);
        product1 = product1.mul(e1);
        product2 = product2.mul(e2);
        DoubleVector r1 = fromArray(DOUBLES, y, j).sub(fromArray(DOUBLES, means, j));
        DoubleVector r2 = fromArray(DOUBLES, y, j + D).sub(fromArray(DOUBLES, means, j + D));
        r1 = r1.mul(fromArray(DOUBLES, present, j));
        r2 = r2.mul(fromArray(DOUBLES, present, j + D));
        squares1 = squares1.add(r1.mul(r1).div(e1));
        squares2 = squares2.add(r2.mul(r2).div(e2));
      }
      product1.intoArray(terms.productsOf, first + i);
      product2.intoArray(terms.productsOf, first + i + D);
      squares1.intoArray(terms.squaresOf, first + i);
      squares2.intoArray(terms.squaresOf, first + i + D);
    }
  }

  private final class BlockDense extends Dense {
    private final float[] weights;
    private final int inputs;
    private final float[] bias; // padded

    BlockDense(float[] weights, int inputs, float[] bias) {
      super(VectorBlocks.this, bias.length * WIDTH);
      this.weights = weights;
      this.inputs = inputs;
      this.bias = bias;
    }

    @Override
    void apply(float[] x, float[] y) {
      float[] w = weights;
      int grouped = inputs & ~3;
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
          for (; i < grouped; i += 4) {
            FloatVector x1 = fromArray(FLOATS, x, q);
            FloatVector x2 = fromArray(FLOATS, x, q + F);
            FloatVector k = broadcast(FLOATS, w[p]);
            FloatVector a1s = x1.mul(k);
            FloatVector a2s = x2.mul(k);
            k = broadcast(FLOATS, w[p + 1]);
            FloatVector b1s = x1.mul(k);
            FloatVector b2s = x2.mul(k);
            k = broadcast(FLOATS, w[p + 2]);
            FloatVector c1s = x1.mul(k);
            FloatVector c2s = x2.mul(k);
            k = broadcast(FLOATS, w[p + 3]);
            FloatVector d1s = x1.mul(k);
            FloatVector d2s = x2.mul(k);
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
            a1 = a1.add(a1s);
            a2 = a2.add(a2s);
            b1 = b1.add(b1s);
            b2 = b2.add(b2s);
            c1 = c1.add(c1s);
            c2 = c2.add(c2s);
            d1 = d1.add(d1s);
            d2 = d2.add(d2s);
            q += 4 * WIDTH;
            p += 4 * TILE;
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
    void apply(float[] x1, float[] y1, float[] x2, float[] y2) {
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
      int grouped = inputs & ~3;
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
          int i = 0;
          for (; i < grouped; i += 4) {
            DoubleVector x1 = fromArray(DOUBLES, x, q);
            DoubleVector x2 = fromArray(DOUBLES, x, q + D);
            DoubleVector k = broadcast(DOUBLES, w[p]);
            DoubleVector a1s = x1.mul(k);
            DoubleVector a2s = x2.mul(k);
            k = broadcast(DOUBLES, w[p + 1]);
            DoubleVector b1s = x1.mul(k);
            DoubleVector b2s = x2.mul(k);
            k = broadcast(DOUBLES, w[p + 2]);
            DoubleVector c1s = x1.mul(k);
            DoubleVector c2s = x2.mul(k);
            k = broadcast(DOUBLES, w[p + 3]);
            DoubleVector d1s = x1.mul(k);
            DoubleVector d2s = x2.mul(k);
            x1 = fromArray(DOUBLES, x, q + WIDTH);
            x2 = fromArray(DOUBLES, x, q + WIDTH + D);
            k = broadcast(DOUBLES, w[p + 4]);
            a1s = x1.fma(k, a1s);
            a2s = x2.fma(k, a2s);
            k = broadcast(DOUBLES, w[p + 5]);
            b1s = x1.fma(k, b1s);
            b2s = x2.fma(k, b2s);
            k = broadcast(DOUBLES, w[p + 6]);
            c1s = x1.fma(k, c1s);
            c2s = x2.fma(k, c2s);
            k = broadcast(DOUBLES, w[p + 7]);
            d1s = x1.fma(k, d1s);
            d2s = x2.fma(k, d2s);
            x1 = fromArray(DOUBLES, x, q + 2 * WIDTH);
            x2 = fromArray(DOUBLES, x, q + 2 * WIDTH + D);
            k = broadcast(DOUBLES, w[p + 8]);
            a1s = x1.fma(k, a1s);
            a2s = x2.fma(k, a2s);
            k = broadcast(DOUBLES, w[p + 9]);
            b1s = x1.fma(k, b1s);
            b2s = x2.fma(k, b2s);
            k = broadcast(DOUBLES, w[p + 10]);
            c1s = x1.fma(k, c1s);
            c2s = x2.fma(k, c2s);
            k = broadcast(DOUBLES, w[p + 11]);
            d1s = x1.fma(k, d1s);
            d2s = x2.fma(k, d2s);
            x1 = fromArray(DOUBLES, x, q + 3 * WIDTH);
            x2 = fromArray(DOUBLES, x, q + 3 * WIDTH + D);
            k = broadcast(DOUBLES, w[p + 12]);
            a1s = x1.fma(k, a1s);
            a2s = x2.fma(k, a2s);
            k = broadcast(DOUBLES, w[p + 13]);
            b1s = x1.fma(k, b1s);
            b2s = x2.fma(k, b2s);
            k = broadcast(DOUBLES, w[p + 14]);
            c1s = x1.fma(k, c1s);
            c2s = x2.fma(k, c2s);
            k = broadcast(DOUBLES, w[p + 15]);
            d1s = x1.fma(k, d1s);
            d2s = x2.fma(k, d2s);
            a1 = a1.add(a1s);
            a2 = a2.add(a2s);
            b1 = b1.add(b1s);
            b2 = b2.add(b2s);
            c1 = c1.add(c1s);
            c2 = c2.add(c2s);
            d1 = d1.add(d1s);
            d2 = d2.add(d2s);
            q += 4 * WIDTH;
            p += 4 * TILE;
          }
          for (; i < inputs; i++) {
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
