package io.nelbo.model.quality;

import java.util.Locale;

/**
 * The comparison that a retrained model must pass: what it and the model in force flag of the same
 * newest records of the window, unfiltered, at the same α.
 *
 * <p>A candidate is vetoed if it flags more than the model in force <em>and</em> more than α
 * explains: α·n plus two binomial standard deviations, two records at least. Without the second
 * bound chance would decide between two equally good models, and a model in force whose calibration
 * happens to flag too little (the first one has a few hundred calibration scores) would veto each
 * successor for keeping α. Equal counts pass. The candidate has seen most of these records in
 * training, which favours it a little; a model that still flags more than its share of them has
 * learned something other than the newest data.
 *
 * @param records the newest records, on which both were counted
 * @param alpha the p-value at or below which a record is flagged
 * @param candidateFlags how many of them the candidate flags
 * @param inForceFlags how many of them the model in force flags
 */
record Veto(int records, double alpha, int candidateFlags, int inForceFlags) {
  /** The share of the window, its newest part, that the comparison is made on. */
  static final double NEWEST = 0.2;

  Veto {
    if (records < 1 || candidateFlags > records || inForceFlags > records) {
      throw new IllegalArgumentException(
          "flags must be at most the records, was "
              + candidateFlags
              + " and "
              + inForceFlags
              + " of "
              + records);
    }
  }

  /** The number of newest records that a window of this many records is judged by. */
  static int newest(int records) {
    return Math.max(1, (int) Math.round(NEWEST * records));
  }

  boolean isVetoed() {
    return candidateFlags > Math.max(inForceFlags, explainedByAlpha());
  }

  /**
   * Whether the model in force flags no more than α and the chance of its own calibration explain:
   * α·n plus three standard deviations, two records at least. The share that it flags for good is a
   * matter of that chance too, with a variance of α(1 − α) / m; a bound without it would take one
   * unlucky model in thirty for the witness of outliers, interval after interval.
   *
   * @param calibrated the scores m that calibrated it
   */
  boolean isInForceCalibrated(int calibrated) {
    double variance = alpha * (1 - alpha) * records * (1 + (double) records / calibrated);
    return inForceFlags <= Math.max(2, alpha * records + 3 * Math.sqrt(variance));
  }

  /** The most records that a calibrated model flags, but for one time in forty. */
  int explainedByAlpha() {
    double expected = alpha * records;
    double deviation = Math.sqrt(expected * (1 - alpha));
    return (int) Math.max(2, expected + 2 * deviation);
  }

  /** Says the numbers, such as "flags 0.9 % of the newest 20 % where version 3 flags 1.4 %". */
  String describe(String inForce) {
    return "flags %s of the newest 20 %% where %s flags %s"
        .formatted(share(candidateFlags), inForce, share(inForceFlags));
  }

  private String share(int flags) {
    return String.format(Locale.ROOT, "%.2f %%", 100.0 * flags / records);
  }
}
