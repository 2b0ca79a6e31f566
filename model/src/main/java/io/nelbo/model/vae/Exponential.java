package io.nelbo.model.vae;

/**
 * exp(x) of an x within ±{@link #BOUND}, to a relative 1e-9; of one beyond, nothing is promised.
 *
 * <p>Implementation: the Taylor polynomial of degree 11 at x/64, squared six times. Unlike Math.exp
 * it is made of IEEE operations alone, so it gives the same bits on every machine and can be
 * computed for a vector of x.
 */
final class Exponential {
  static final double BOUND = 40;
  static final double SCALE = 1.0 / 64;

  // 1/k! for k = 11, 10, …
  static final double C11 = 1.0 / 39916800;
  static final double C10 = 1.0 / 3628800;
  static final double C9 = 1.0 / 362880;
  static final double C8 = 1.0 / 40320;
  static final double C7 = 1.0 / 5040;
  static final double C6 = 1.0 / 720;
  static final double C5 = 1.0 / 120;
  static final double C4 = 1.0 / 24;
  static final double C3 = 1.0 / 6;
  static final double C2 = 1.0 / 2;

  private Exponential() {}

  /** Returns x, held within the bound. */
  static double bounded(double x) {
    return Math.abs(x) > BOUND ? Math.copySign(BOUND, x) : x; // NaN stays
  }

  static double of(double x) {
    double r = x * SCALE;
    double s = r * r;
    double even = Math.fma(s, C10, C8);
    double odd = Math.fma(s, C11, C9);
    even = Math.fma(s, even, C6);
    odd = Math.fma(s, odd, C7);
    even = Math.fma(s, even, C4);
    odd = Math.fma(s, odd, C5);
    even = Math.fma(s, even, C2);
    odd = Math.fma(s, odd, C3);
    even = Math.fma(s, even, 1);
    odd = Math.fma(s, odd, 1);
    double p = Math.fma(r, odd, even);
    p *= p;
    p *= p;
    p *= p;
    p *= p;
    p *= p;
    p *= p;
    return p;
  }
}
