package io.nelbo.streams.cli;

import java.util.Locale;

/** Shares for people, with two digits that matter: {@code 12 %}, {@code 0.93 %}. */
final class Percent {
  private Percent() {}

  static String of(double share) {
    if (Double.isNaN(share)) {
      return "-";
    }
    double percent = 100 * share;
    int digits =
        percent >= 9.95 || percent == 0 ? 0 : percent >= 0.995 ? 1 : percent >= 0.0995 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + digits + "f %%", percent);
  }
}
