package io.nelbo.streams.detector;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Writes numbers for people: as many digits as mean something, and no more. */
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
        ? scientific(value, "%.3e")
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
      return String.format(Locale.ROOT, "%.1f %%", percent);
    }
    return percent > 0 && percent < 1 ? "<1 %" : String.format(Locale.ROOT, "%.0f %%", percent);
  }

  static String probability(double p) {
    return p >= 0.001 ? String.format(Locale.ROOT, "%.1g", p) : scientific(p, "%.0e");
  }

  // Java writes 2e-06 where people write 2e-6.
  private static String scientific(double value, String format) {
    return String.format(Locale.ROOT, format, value)
        .replaceFirst("e([-+])0*(\\d)", "e$1$2")
        .replace("e+", "e");
  }
}
