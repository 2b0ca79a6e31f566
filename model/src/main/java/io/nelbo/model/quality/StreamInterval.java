package io.nelbo.model.quality;

import io.nelbo.model.policy.Decision;

/**
 * An interval of a stream and what followed from it.
 *
 * @param records how many were scored
 * @param flaggedShare the share of them that the detector in force then flags at α
 * @param unlikelyShare the share of them that is not ordinary, at the least
 * @param shift how far the p-values of the others have moved
 * @param outcome of a retraining; {@link Outcome#NONE} if there was none
 * @param reason one sentence or clause
 */
public record StreamInterval(
    int records,
    double flaggedShare,
    double unlikelyShare,
    double shift,
    Decision.Action action,
    Outcome outcome,
    String reason) {
  /** How a retraining ended. */
  public enum Outcome {
    NONE,
    REPLACED,
    VETOED,
    FAILED
  }
}
