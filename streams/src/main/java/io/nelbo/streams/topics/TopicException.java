package io.nelbo.streams.topics;

/** Topics are not as Nelbo needs them; the message says which, why, and what to do. */
public final class TopicException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TopicException(String message) {
    super(message);
  }
}
