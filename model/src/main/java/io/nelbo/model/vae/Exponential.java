package io.nelbo.model.vae;

/**
 * exp(x) of many x at once, each first held within ±{@link #BOUND}, to a relative 1e-9.
 *
 * <p>Implementation: the Taylor polynomial of degree 11 at x/64, squared six times. Unlike Math.exp
 * it is made of IEEE operations alone, so it gives the same bits on every machine, and the JIT
 * compiler vectorises it.
 */
final class Exponential {
  static final double BOUND = 40;

  private Exponential() {}

  static void apply(double[] x) {
    for (int j = 0; j < x.length; j++) {
      double r = Math.max(-BOUND, Math.min(BOUND, x[j])) * (1.0 / 64);
      double p = Math.fma(r, 1.0 / 39916800, 1.0 / 3628800);
      p = Math.fma(r, p, 1.0 / 362880);
      p = Math.fma(r, p, 1.0 / 40320);
      p = Math.fma(r, p, 1.0 / 5040);
      p = Math.fma(r, p, 1.0 / 720);
      p = Math.fma(r, p, 1.0 / 120);
      p = Math.fma(r, p, 1.0 / 24);
      p = Math.fma(r, p, 1.0 / 6);
      p = Math.fma(r, p, 0.5);
      p = Math.fma(r, p, 1);
      p = Math.fma(r, p, 1);
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      x[j] = p * p;
    }
  }
}
