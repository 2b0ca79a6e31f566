package io.nelbo.streams.app;

/** An application that cannot start or has died; the message says why and what to do. */
public final class ApplicationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ApplicationException(String message) {
    super(message);
  }

  public ApplicationException(String message, Throwable cause) {
    super(message, cause);
  }
}
