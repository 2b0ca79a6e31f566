package io.nelbo.model.quality;

import io.nelbo.model.policy.PValueCounts;
import java.util.Arrays;
import java.util.Locale;

/**
 * Whether a candidate, which was not trained on what the detector in force flags, explains it
 * nevertheless.
 *
 * <p>Where traffic drifts it does: what was learned from the rest holds for the flagged too, and
 * the p-values of the rest have moved as well. Where outliers come beside unchanged traffic, a
 * candidate has nothing to offer but the habit of them, since they calibrate it. It is vetoed if
 * both signs say so: to retrain then would only make the outliers ordinary.
 *
 * @param flagged how many of the newest records the one in force flags at α
 * @param unexplained how many of these the candidate scores above the 1 − α quantile of the others
 * @param shift of the p-values of the others, {@link PValueCounts#bulkShift}
 */
record Explained(int flagged, int unexplained, double shift) {
  private static final int ENOUGH = 5;
  private static final double MOST = 0.75;
  private static final double STILL = 0.15;

  /** Compares the scores of a candidate with p-values of the one in force, record by record. */
  static Explained of(double[] candidateScores, double[] pValuesInForce, double alpha) {
    PValueCounts counts = new PValueCounts(alpha);
    double[] others = new double[candidateScores.length];
    int count = 0;
    for (int row = 0; row < candidateScores.length; row++) {
      counts.add(pValuesInForce[row]);
      if (pValuesInForce[row] > alpha) {
        others[count++] = candidateScores[row];
      }
    }
    others = Arrays.copyOf(others, count);
    Arrays.sort(others);
    double limit =
        count == 0 ? Double.NEGATIVE_INFINITY : others[(int) Math.floor(count * (1 - alpha))];
    int unexplained = 0;
    for (int row = 0; row < candidateScores.length; row++) {
      unexplained += pValuesInForce[row] <= alpha && candidateScores[row] > limit ? 1 : 0;
    }
    return new Explained((int) counts.flagged(), unexplained, counts.bulkShift());
  }

  boolean isVetoed() {
    return flagged >= ENOUGH && unexplained > MOST * flagged && shift <= STILL;
  }

  /** Says the numbers, such as "explains 2 of the 40 records that version 3 flags". */
  String describe(String inForce) {
    return String.format(
        Locale.ROOT,
        "explains %d of the %d records that %s flags, whose traffic has moved by %.2f",
        flagged - unexplained,
        flagged,
        inForce,
        shift);
  }
}
