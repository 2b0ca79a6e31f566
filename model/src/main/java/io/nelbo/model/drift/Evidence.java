package io.nelbo.model.drift;

import java.util.Locale;

/**
 * What speaks against a model's calibration.
 *
 * @param log10 the decimal logarithm of the test martingale where it is greatest
 * @param intervals the newest so many, since the first of which it has grown to that
 * @param records of them whose p-values are above α
 * @param edge the p-value at or below which the share is furthest from what is expected
 * @param share of these records with a p-value above α and up to the edge
 * @param expected that share while the model is calibrated
 */
public record Evidence(
    double log10, int intervals, long records, double edge, double share, double expected) {
  /**
   * From here on calibration is lost: a model that is calibrated comes so far in at most one of
   * 100,000 intervals.
   */
  public static final double ENOUGH = 5;

  static final Evidence NONE = new Evidence(0, 0, 0, 1, 1, 1);

  public boolean isEnough() {
    return log10 >= ENOUGH;
  }

  /** How far the share is off. */
  public double shift() {
    return share - expected;
  }

  /** Says the numbers in one clause. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "of %,d records that are not flagged %.1f %% have a p-value of %.2f or less where %.1f %% are expected, in %d interval%s (odds of 1e%.0f)",
        records,
        100 * share,
        edge,
        100 * expected,
        intervals,
        intervals == 1 ? "" : "s",
        Math.floor(log10));
  }
}
