package io.nelbo.model.train;

/** A training that gave no model; the message says why and what to do. */
public final class TrainingException extends Exception {
  private static final long serialVersionUID = 1;

  public TrainingException(String message) {
    super(message);
  }

  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
