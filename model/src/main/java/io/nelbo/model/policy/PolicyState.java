package io.nelbo.model.policy;

/**
 * What a {@link RetrainPolicy} remembers from one interval to the next.
 *
 * @param risen how many intervals running had more flagged than a calibrated model flags
 */
public record PolicyState(int risen, Hold hold) {
  /** Of a model that has just come in force. */
  public static final PolicyState INITIAL = new PolicyState(0, Hold.NONE);

  public PolicyState {
    if (risen < 0) {
      throw new IllegalArgumentException("risen must not be negative, was " + risen);
    }
  }

  /** The state after a person rejected what was flagged: it stays unlearned. */
  public PolicyState rejected() {
    if (hold != Hold.ASKED) {
      throw new IllegalStateException("nothing is held, so there is nothing to reject");
    }
    return new PolicyState(0, Hold.REJECTED);
  }
}
