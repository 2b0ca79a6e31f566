package io.nelbo.model.policy;

/**
 * What follows from an interval.
 *
 * @param reason one sentence with the numbers
 * @param next the state for the next interval
 */
public record Decision(Action action, String reason, PolicyState next) {
  public enum Action {
    /** The model stays as it is. */
    KEEP,
    /** A successor is trained. */
    RETRAIN,
    /** The model stays, and nothing of the interval is ever learned, unless a person accepts it. */
    HOLD
  }
}
