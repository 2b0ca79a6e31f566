package io.nelbo.model.vae;

/** The functions of {@link Products} in plain Java, of loops that the JIT compiler vectorises. */
final class PlainFunctions {
  private PlainFunctions() {}

  /** Replaces the first values by their {@link Silu}. */
  static void silu(float[] x, int count) {
    for (int j = 0; j < count; j++) {
      x[j] = Silu.of(x[j]);
    }
  }

  /** Replaces the first values of two rows by their {@link Silu}. */
  static void silu(float[] x, float[] y, int count) {
    for (int j = 0; j < count; j++) {
      float a = Silu.of(x[j]);
      float b = Silu.of(y[j]);
      x[j] = a;
      y[j] = b;
    }
  }

  static void widen(float[] x, double[] y) {
    for (int j = 0; j < x.length; j++) {
      y[j] = x[j];
    }
  }

  static void narrow(double[] x, float[] y) {
    for (int j = 0; j < y.length; j++) {
      y[j] = (float) x[j];
    }
  }

  /** Replaces a range of values by their exponentials. */
  static void exp(double[] x, int from, int to) {
    for (int j = from; j < to; j++) {
      x[j] = Exponential.of(x[j]);
    }
  }
}
