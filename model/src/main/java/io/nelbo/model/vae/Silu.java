package io.nelbo.model.vae;

/** The activation silu(x) = x / (1 + exp(−x)). */
final class Silu {
  private Silu() {}

  static void apply(float[] x) {
    for (int j = 0; j < x.length; j++) {
      x[j] = (float) (x[j] / (1 + Math.exp(-x[j])));
    }
  }
}
