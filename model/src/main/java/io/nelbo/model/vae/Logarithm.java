package io.nelbo.model.vae;

/**
 * log(x) of an x that is at least {@link Double#MIN_NORMAL}, to a relative 1e-10; infinity and NaN
 * stay, and of others nothing is promised.
 *
 * <p>Implementation: x = 2ᵏ m with m within √½ … √2, and log m = 2 artanh((m − 1) / (m + 1)), its
 * series to the power 11. Made of IEEE operations alone, as {@link Exponential} is, and a sixth of
 * the cost of StrictMath.log.
 */
final class Logarithm {
  private static final double LOG_2 = 0.6931471805599453;
  private static final double ROOT_OF_2 = 1.4142135623730951;
  private static final int MANTISSA_BITS = 52;
  private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;
  private static final long ONE = Double.doubleToRawLongBits(1);

  private Logarithm() {}

  static double of(double x) {
    if (!(x <= Double.MAX_VALUE)) {
      return x;
    }
    long bits = Double.doubleToRawLongBits(x);
    long exponent = (bits >>> MANTISSA_BITS) - (ONE >>> MANTISSA_BITS);
    double m = Double.longBitsToDouble((bits & MANTISSA) | ONE);
    if (m > ROOT_OF_2) {
      m *= 0.5;
      exponent++;
    }
    double s = (m - 1) / (m + 1);
    double t = s * s;
    double series = Math.fma(t, 1.0 / 11, 1.0 / 9);
    series = Math.fma(t, series, 1.0 / 7);
    series = Math.fma(t, series, 1.0 / 5);
    series = Math.fma(t, series, 1.0 / 3);
    series = Math.fma(t, series, 1);
    return Math.fma((double) exponent, LOG_2, 2 * s * series);
  }
}
