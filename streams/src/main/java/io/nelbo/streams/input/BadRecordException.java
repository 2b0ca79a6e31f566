package io.nelbo.streams.input;

/**
 * A record that cannot be scored, and why. It is the way of a record to the dead letters and not a
 * defect of the program, so it has no stack trace: a stream of garbage stays cheap.
 */
public final class BadRecordException extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  public BadRecordException(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  static BadRecordException notFinite(String field, double value) {
    return new BadRecordException(
        Reason.NOT_FINITE, "field " + field + " must be finite, was " + value);
  }

  static BadRecordException noFeature(int features, String schemaName) {
    return new BadRecordException(
        Reason.NO_FEATURE,
        "none of the " + features + " features has a value in this " + schemaName);
  }

  public Reason reason() {
    return reason;
  }
}
