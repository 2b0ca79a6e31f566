package io.nelbo.model.score;

/** Turns scores into p-values. Immutable, and therefore safe to share. */
public final class Calibration {
  private final double[] sorted = {};

  private Calibration() {}

  /** Fits a calibration to the scores of observations that the model was not trained on. */
  public static Calibration fit(double[] scores) {
    throw new UnsupportedOperationException();
  }

  /** Returns P(score or higher) for a normal observation, in (0, 1]; falls as the score rises. */
  public double pValue(double score) {
    throw new UnsupportedOperationException();
  }

  /** Returns the number of scores this calibration was fitted to. */
  public int size() {
    return sorted.length;
  }
}
