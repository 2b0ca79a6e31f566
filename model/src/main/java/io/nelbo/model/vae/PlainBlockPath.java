package io.nelbo.model.vae;

import static io.nelbo.model.vae.PlainBlocks.WIDTH;

/** The linear path of {@link PlainBlocks}, of the shape of {@link PlainBlockDense}. */
final class PlainBlockPath extends LinearPath {
  private final double[][] weights; // (outputs)(inputs)
  private final int inputs;

  PlainBlockPath(float[] rows, int inputs) {
    int outputs = rows.length / inputs;
    this.inputs = inputs;
    weights = new double[outputs][inputs];
    for (int j = 0; j < outputs; j++) {
      for (int i = 0; i < inputs; i++) {
        weights[j][i] = rows[j * inputs + i];
      }
    }
  }

  @Override
  void add(double[] x, double[] y, Room room) {
    if (weights.length == 0) {
      return;
    }
    double[][] rows = room.doubles(inputs + 2, PlainBlocks.DOUBLES);
    for (int i = 0; i < inputs; i++) {
      System.arraycopy(x, i * WIDTH, rows[i], 0, WIDTH);
    }
    double[] sum1 = rows[inputs];
    double[] sum2 = rows[inputs + 1];
    for (int j = 0; j < weights.length; j += 2) {
      int other = Math.min(j + 1, weights.length - 1);
      double[] w = weights[j];
      double[] v = weights[other];
      System.arraycopy(y, j * WIDTH, sum1, 0, WIDTH);
      System.arraycopy(y, other * WIDTH, sum2, 0, WIDTH);
      int i = 0;
      for (; i < inputs - 3; i += 4) {
        addFour(w, v, i, rows[i], rows[i + 1], rows[i + 2], rows[i + 3], sum1, sum2);
      }
      for (; i < inputs; i++) {
        addOne(w[i], v[i], rows[i], sum1, sum2);
      }
      System.arraycopy(sum1, 0, y, j * WIDTH, WIDTH);
      System.arraycopy(sum2, 0, y, other * WIDTH, WIDTH);
    }
  }

  private static void addFour(
      double[] w,
      double[] v,
      int i,
      double[] x0,
      double[] x1,
      double[] x2,
      double[] x3,
      double[] y,
      double[] z) {
    double w0 = w[i];
    double w1 = w[i + 1];
    double w2 = w[i + 2];
    double w3 = w[i + 3];
    double v0 = v[i];
    double v1 = v[i + 1];
    double v2 = v[i + 2];
    double v3 = v[i + 3];
    for (int l = 0; l < WIDTH; l++) {
      double a = x0[l];
      double b = x1[l];
      double c = x2[l];
      double d = x3[l];
      y[l] = Math.fma(w3, d, Math.fma(w2, c, Math.fma(w1, b, Math.fma(w0, a, y[l]))));
      z[l] = Math.fma(d, v3, Math.fma(c, v2, Math.fma(b, v1, Math.fma(a, v0, z[l]))));
    }
  }

  private static void addOne(double w, double v, double[] x, double[] y, double[] z) {
    for (int l = 0; l < WIDTH; l++) {
      double a = x[l];
      y[l] = Math.fma(w, a, y[l]);
      z[l] = Math.fma(a, v, z[l]);
    }
  }
}
