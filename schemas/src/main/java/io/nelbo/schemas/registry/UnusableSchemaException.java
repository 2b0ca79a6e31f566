package io.nelbo.schemas.registry;

/** Why an id gives no Avro schema; it is asked for again, so it has no stack trace. */
final class UnusableSchemaException extends Exception {
  private static final long serialVersionUID = 1;

  UnusableSchemaException(String message) {
    super(message, null, false, false);
  }
}
