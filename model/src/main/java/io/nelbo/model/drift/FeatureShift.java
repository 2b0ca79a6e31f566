package io.nelbo.model.drift;

import java.util.Locale;

/**
 * How a feature differs from what it was in the training window.
 *
 * @param what of the feature: its mean, its spread, or a share
 * @param now its figure in the records looked at
 * @param then its figure in the training window
 * @param size of the difference, 0 for none: in scales for a mean, of the logarithm of the ratio
 *     for a spread, Cohen's h for a share
 */
public record FeatureShift(String feature, What what, double now, double then, double size) {
  /** What of a feature is compared. */
  public enum What {
    MISSING,
    OTHER,
    SHARE,
    MEAN,
    SPREAD
  }

  /** Says it, such as {@code pressure: mean 1021 instead of 1000}. */
  public String describe() {
    return switch (what) {
      case MEAN -> feature + ": mean " + number(now) + " instead of " + number(then);
      case SPREAD -> feature + ": spread " + number(now) + " instead of " + number(then);
      case MISSING -> feature + ": missing in " + percent(now) + " instead of " + percent(then);
      case OTHER -> feature + ": " + percent(now) + " unknown values instead of " + percent(then);
      case SHARE -> feature + ": " + percent(now) + " instead of " + percent(then);
    };
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
