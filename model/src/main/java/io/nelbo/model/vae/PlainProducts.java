package io.nelbo.model.vae;

import java.util.Arrays;

/**
 * Products in plain Java, laid out so that the JIT compiler vectorises them: every array of the
 * inner loop is read at the same index. A dot product a row is not vectorised, for a float sum may
 * not be reordered.
 */
final class PlainProducts extends Products {
  @Override
  Perceptron perceptron(Affine layer1, Affine layer2, Affine layer3) {
    return new DensePerceptron(this, dense(layer1), dense(layer2), dense(layer3));
  }

  private static Dense dense(Affine layer) {
    float[] rows = layer.rows;
    int inputs = layer.inputs;
    float[] bias = layer.bias;
    float[][] columns = new float[inputs][Products.padded(bias.length)];
    for (int j = 0; j < bias.length; j++) {
      for (int i = 0; i < inputs; i++) {
        columns[i][j] = rows[j * inputs + i];
      }
    }
    return new PlainDense(columns, bias);
  }

  @Override
  LinearPath path(float[] rows, int inputs) {
    int outputs = rows.length / inputs;
    double[][] columns = new double[inputs][outputs];
    for (int j = 0; j < outputs; j++) {
      for (int i = 0; i < inputs; i++) {
        columns[i][j] = rows[j * inputs + i];
      }
    }
    return new PlainPath(columns);
  }

  @Override
  void sum(GaussianTerms terms, int sample, int from, int to) {
    int first = sample * SUMS;
    Arrays.fill(terms.productsOf, first, first + SUMS, 1);
    Arrays.fill(terms.squaresOf, first, first + SUMS, 0);
    Arrays.fill(terms.greatestOf, first, first + SUMS, -Exponential.BOUND);
    double[] means = terms.means[sample];
    double[] variances = terms.variances[sample];
    for (int j = from; j < to; j++) {
      int i = first + j % SUMS;
      double there = terms.present[j];
      double t = Math.fma(variances[terms.firstVariance + j], there, terms.shift[j]);
      double e = 1 + Exponential.of(Math.max(t, -Exponential.BOUND));
      double r = (terms.y[j] - means[j]) * there;
      terms.squaresOf[i] = Math.fma(terms.squaresOf[i], e, r * r * terms.productsOf[i]);
      terms.productsOf[i] *= e;
      terms.greatestOf[i] = Math.max(terms.greatestOf[i], t);
    }
    for (int i = first; i < first + SUMS; i++) {
      terms.squaresOf[i] /= terms.productsOf[i];
    }
  }

  @Override
  void fold(GaussianTerms terms) {
    terms.foldAlone();
  }

  private static final class PlainDense extends Dense {
    private final float[][] columns; // (inputs)(outputs, padded)
    private final float[] bias;
    private final int group;

    PlainDense(float[][] columns, float[] bias) {
      super(Products.padded(bias.length), Products.padded(bias.length));
      this.columns = columns;
      this.bias = bias;
      group = group(columns.length);
    }

    @Override
    void apply(float[] x, Outputs y) {
      start(y.values);
      for (int i = 0; i < columns.length; i += group) {
        addGroup(i, x, y);
      }
    }

    @Override
    void apply(float[] x1, Outputs y1, float[] x2, Outputs y2) {
      start(y1.values);
      start(y2.values);
      for (int i = 0; i < columns.length; i += group) {
        addGroup(i, x1, y1);
        addGroup(i, x2, y2); // finds the columns in the first-level cache
      }
    }

    private void start(float[] y) {
      System.arraycopy(bias, 0, y, 0, bias.length);
      Arrays.fill(y, bias.length, y.length, 0);
    }

    private void addGroup(int from, float[] x, Outputs outputs) {
      float[] y = outputs.values;
      int to = Math.min(from + group, columns.length);
      if (from == 0) {
        add(from, to, x, y);
        return;
      }
      int i = from;
      while (i < to && x[i] == 0) {
        i++;
      }
      if (i == to) {
        return; // most inputs of a one-hot category are 0
      }
      float[] sum = outputs.scratch;
      Arrays.fill(sum, 0);
      add(from, to, x, sum);
      for (int j = 0; j < y.length; j++) {
        y[j] += sum[j];
      }
    }

    private void add(int from, int to, float[] x, float[] y) {
      int i = from;
      for (; i < to - 3; i += 4) {
        addFour(i, x, y);
      }
      for (; i < to; i++) {
        addOne(columns[i], x[i], y);
      }
    }

    private void addFour(int i, float[] x, float[] y) {
      float x0 = x[i];
      float x1 = x[i + 1];
      float x2 = x[i + 2];
      float x3 = x[i + 3];
      if (x0 == 0 && x1 == 0 && x2 == 0 && x3 == 0) {
        return;
      }
      float[] w0 = columns[i];
      float[] w1 = columns[i + 1];
      float[] w2 = columns[i + 2];
      float[] w3 = columns[i + 3];
      for (int j = 0; j < y.length; j++) {
        y[j] =
            Math.fma(
                w3[j], x3, Math.fma(w2[j], x2, Math.fma(w1[j], x1, Math.fma(w0[j], x0, y[j]))));
      }
    }

    private static void addOne(float[] column, float x, float[] y) {
      for (int j = 0; j < y.length; j++) {
        y[j] = Math.fma(column[j], x, y[j]);
      }
    }
  }

  private static final class PlainPath extends LinearPath {
    private final double[][] columns; // (inputs)(outputs)

    PlainPath(double[][] columns) {
      this.columns = columns;
    }

    @Override
    void add(double[] x, double[] y, Room room) {
      int i = 0;
      for (; i + 3 < columns.length; i += 4) {
        double x0 = x[i];
        double x1 = x[i + 1];
        double x2 = x[i + 2];
        double x3 = x[i + 3];
        double[] w0 = columns[i];
        double[] w1 = columns[i + 1];
        double[] w2 = columns[i + 2];
        double[] w3 = columns[i + 3];
        for (int j = 0; j < w0.length; j++) {
          y[j] =
              Math.fma(
                  w3[j], x3, Math.fma(w2[j], x2, Math.fma(w1[j], x1, Math.fma(w0[j], x0, y[j]))));
        }
      }
      for (; i < columns.length; i++) {
        double[] column = columns[i];
        double factor = x[i];
        for (int j = 0; j < column.length; j++) {
          y[j] = Math.fma(column[j], factor, y[j]);
        }
      }
    }
  }
}
