package io.nelbo.model.policy;

/** Whether nothing is learned because too much is flagged. */
public enum Hold {
  /** Nothing is held up. */
  NONE,
  /** A person was asked: drift or attack? */
  ASKED,
  /** A person said that it is no drift; who is not asked again until it has passed. */
  REJECTED
}
