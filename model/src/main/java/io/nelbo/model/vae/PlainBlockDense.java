package io.nelbo.model.vae;

import static io.nelbo.model.vae.PlainBlocks.WIDTH;

import java.util.Arrays;

/**
 * The map y = W x + b of {@link PlainBlocks}. Immutable.
 *
 * <p>Two outputs take four inputs in a loop; C2 of JDK 17 vectorises no longer one. Each input is
 * read once, before the outputs are written, which C2 takes for what may be the input. And the two
 * outputs have its factor on either side, or C2 pairs the product of one with that of the other,
 * and vectorises neither.
 */
final class PlainBlockDense {
  /** The inputs that stay in the first-level cache while all outputs take them, if of one group. */
  private static final int INPUTS = 16;

  private final float[][] weights; // (outputs)(inputs)
  private final int inputs;
  private final float[] bias; // (outputs)
  private final int group;

  PlainBlockDense(Affine layer) {
    inputs = layer.inputs;
    bias = Arrays.copyOf(layer.bias, (layer.bias.length + 1) / 2 * 2);
    weights = new float[bias.length][inputs];
    for (int j = 0; j < layer.bias.length; j++) {
      System.arraycopy(layer.rows, j * inputs, weights[j], 0, inputs);
    }
    group = Products.group(inputs);
  }

  int inputs() {
    return inputs;
  }

  /** How many there are, padded. */
  int outputs() {
    return bias.length;
  }

  /**
   * Sets y to W x + b.
   *
   * @param sums two rows
   */
  void apply(float[][] x, float[][] y, float[][] sums) {
    int step = group == inputs ? INPUTS : group;
    for (int from = 0; from < inputs; from += step) {
      int to = Math.min(from + step, inputs);
      for (int j = 0; j < bias.length; j += 2) {
        float[] w = weights[j];
        float[] v = weights[j + 1];
        if (from == 0) {
          start(bias[j], bias[j + 1], w, v, from, to, x, y[j], y[j + 1]);
        } else if (from < group) {
          add(w, v, from, to, x, y[j], y[j + 1]);
        } else {
          start(0, 0, w, v, from, to, x, sums[0], sums[1]);
          add(sums[0], y[j]);
          add(sums[1], y[j + 1]);
        }
      }
    }
  }

  /** Sets y and z to p and q and what a range of inputs adds. */
  private static void start(
      float p, float q, float[] w, float[] v, int from, int to, float[][] x, float[] y, float[] z) {
    if (to - from < 4) {
      Arrays.fill(y, p);
      Arrays.fill(z, q);
      add(w, v, from, to, x, y, z);
    } else {
      startFour(p, q, w, v, from, x[from], x[from + 1], x[from + 2], x[from + 3], y, z);
      add(w, v, from + 4, to, x, y, z);
    }
  }

  private static void add(
      float[] w, float[] v, int from, int to, float[][] x, float[] y, float[] z) {
    int i = from;
    for (; i < to - 3; i += 4) {
      addFour(w, v, i, x[i], x[i + 1], x[i + 2], x[i + 3], y, z);
    }
    for (; i < to; i++) {
      addOne(w[i], v[i], x[i], y, z);
    }
  }

  private static void startFour(
      float p,
      float q,
      float[] w,
      float[] v,
      int i,
      float[] x0,
      float[] x1,
      float[] x2,
      float[] x3,
      float[] y,
      float[] z) {
    float w0 = w[i];
    float w1 = w[i + 1];
    float w2 = w[i + 2];
    float w3 = w[i + 3];
    float v0 = v[i];
    float v1 = v[i + 1];
    float v2 = v[i + 2];
    float v3 = v[i + 3];
    for (int l = 0; l < WIDTH; l++) {
      float a = x0[l];
      float b = x1[l];
      float c = x2[l];
      float d = x3[l];
      y[l] = Math.fma(w3, d, Math.fma(w2, c, Math.fma(w1, b, Math.fma(w0, a, p))));
      z[l] = Math.fma(d, v3, Math.fma(c, v2, Math.fma(b, v1, Math.fma(a, v0, q))));
    }
  }

  private static void addFour(
      float[] w,
      float[] v,
      int i,
      float[] x0,
      float[] x1,
      float[] x2,
      float[] x3,
      float[] y,
      float[] z) {
    float w0 = w[i];
    float w1 = w[i + 1];
    float w2 = w[i + 2];
    float w3 = w[i + 3];
    float v0 = v[i];
    float v1 = v[i + 1];
    float v2 = v[i + 2];
    float v3 = v[i + 3];
    for (int l = 0; l < WIDTH; l++) {
      float a = x0[l];
      float b = x1[l];
      float c = x2[l];
      float d = x3[l];
      y[l] = Math.fma(w3, d, Math.fma(w2, c, Math.fma(w1, b, Math.fma(w0, a, y[l]))));
      z[l] = Math.fma(d, v3, Math.fma(c, v2, Math.fma(b, v1, Math.fma(a, v0, z[l]))));
    }
  }

  private static void addOne(float w, float v, float[] x, float[] y, float[] z) {
    for (int l = 0; l < WIDTH; l++) {
      float a = x[l];
      y[l] = Math.fma(w, a, y[l]);
      z[l] = Math.fma(a, v, z[l]);
    }
  }

  private static void add(float[] x, float[] y) {
    for (int l = 0; l < WIDTH; l++) {
      y[l] += x[l];
    }
  }
}
