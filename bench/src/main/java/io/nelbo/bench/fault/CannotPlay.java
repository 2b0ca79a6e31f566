package io.nelbo.bench.fault;

/** This machine lacks something that a scenario needs: it is left out, and the report says so. */
final class CannotPlay extends RuntimeException {
  private static final long serialVersionUID = 1;

  CannotPlay(String message) {
    super(message);
  }
}
