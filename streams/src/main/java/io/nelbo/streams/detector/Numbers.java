package io.nelbo.streams.detector;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Writes numbers for people: as many digits as mean something, and no more. Not by {@link
 * String#format}, which costs more than all else that an alert does.
 */
final class Numbers {
  private static final int MOST_DECIMALS = 9;

  /** From here on digits are hard to count, and a double soon has no more of them. */
  private static final double LARGE = 1e9;

  private Numbers() {}

  /** Returns the decimals that show two significant digits of an interval's width. */
  static int decimals(double width) {
    if (!(width > 0) || Double.isInfinite(width)) {
      return 2;
    }
    int decimals = 1 - (int) Math.floor(Math.log10(width));
    return Math.max(0, Math.min(MOST_DECIMALS, decimals));
  }

  static String fixed(double value, int decimals) {
    return Math.abs(value) >= LARGE
        ? scientific(value, 4)
        : BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
  }

  static String interval(double low, double high, int decimals) {
    return fixed(low, decimals) + (low < 0 ? " to " : "–") + fixed(high, decimals);
  }

  /** Returns three significant digits or so of a number of moderate size. */
  static String plain(double value) {
    return fixed(value, Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0);
  }

  static String percent(double probability) {
    double percent = 100 * probability;
    if (percent > 99 && percent < 99.95) {
      return fixed(percent, 1) + " %";
    }
    return percent > 0 && percent < 1 ? "<1 %" : fixed(percent, 0) + " %";
  }

  static String probability(double p) {
    return p >= 0.001 ? rounded(p, 1).toPlainString() : scientific(p, 1);
  }

  /** Returns 2e-6, 1.235e12 and the like. */
  private static String scientific(double value, int digits) {
    BigDecimal rounded = rounded(value, digits);
    int exponent = rounded.precision() - rounded.scale() - 1;
    return rounded.movePointLeft(exponent).setScale(digits - 1).toPlainString() + "e" + exponent;
  }

  private static BigDecimal rounded(double value, int digits) {
    return new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_UP));
  }
}
