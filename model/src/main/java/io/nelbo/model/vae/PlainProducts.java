package io.nelbo.model.vae;

/**
 * Products in plain Java, laid out so that the JIT compiler vectorises them: every array of the
 * inner loop is read at the same index. A dot product a row is not vectorised, for a float sum may
 * not be reordered.
 */
final class PlainProducts extends Products {
  @Override
  void add(float[][] columns, float[] x, float[] y) {
    int i = 0;
    for (; i + 3 < columns.length; i += 4) {
      addFour(columns, i, x, y);
    }
    for (; i < columns.length; i++) {
      addOne(columns[i], x[i], y);
    }
  }

  @Override
  void add(float[][] columns, float[] x1, float[] y1, float[] x2, float[] y2) {
    int i = 0;
    for (; i + 3 < columns.length; i += 4) {
      addFour(columns, i, x1, y1);
      addFour(columns, i, x2, y2); // finds the columns in the first-level cache
    }
    for (; i < columns.length; i++) {
      addOne(columns[i], x1[i], y1);
      addOne(columns[i], x2[i], y2);
    }
  }

  private static void addFour(float[][] columns, int i, float[] x, float[] y) {
    float x0 = x[i];
    float x1 = x[i + 1];
    float x2 = x[i + 2];
    float x3 = x[i + 3];
    if (x0 == 0 && x1 == 0 && x2 == 0 && x3 == 0) {
      return; // most inputs of a one-hot category are 0
    }
    float[] w0 = columns[i];
    float[] w1 = columns[i + 1];
    float[] w2 = columns[i + 2];
    float[] w3 = columns[i + 3];
    for (int j = 0; j < y.length; j++) {
      y[j] += Math.fma(w3[j], x3, Math.fma(w2[j], x2, Math.fma(w1[j], x1, w0[j] * x0)));
    }
  }

  private static void addOne(float[] column, float x, float[] y) {
    for (int j = 0; j < y.length; j++) {
      y[j] = Math.fma(column[j], x, y[j]);
    }
  }

  @Override
  void add(double[][] columns, double[] x, double[] y) {
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
        y[j] += Math.fma(w3[j], x3, Math.fma(w2[j], x2, Math.fma(w1[j], x1, w0[j] * x0)));
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

  @Override
  void silu(float[] x) {
    for (int j = 0; j < x.length; j++) {
      x[j] = Silu.of(x[j]);
    }
  }

  @Override
  void exp(double[] x) {
    for (int j = 0; j < x.length; j++) {
      x[j] = Exponential.of(x[j]);
    }
  }
}
