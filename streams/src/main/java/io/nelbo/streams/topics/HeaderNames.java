package io.nelbo.streams.topics;

/** The headers that Nelbo adds to records; each value is text in UTF-8, numbers in decimal. */
public final class HeaderNames {
  /** Of a dead letter or a window record: the partition of the input topic it came from. */
  public static final String PARTITION = "nelbo.partition";

  /** Of a dead letter or a window record: its offset in the input topic. */
  public static final String OFFSET = "nelbo.offset";

  /** Of a window record: the p-value of its score; absent if no model was in force yet. */
  public static final String P_VALUE = "nelbo.p-value";

  /** Of a window record: the version of the model that scored it; absent if there was none. */
  public static final String MODEL_VERSION = "nelbo.model.version";

  /** Of a dead letter: the kind of fault. */
  public static final String REASON = "nelbo.reason";

  /** Of a dead letter: what is wrong, in a sentence. */
  public static final String MESSAGE = "nelbo.message";

  /** Of a dead letter: the input topic. */
  public static final String TOPIC = "nelbo.topic";

  /** Of a dead letter: its event time in milliseconds since the epoch. */
  public static final String TIMESTAMP = "nelbo.timestamp";

  /** Of a model: the SHA-256 of the record's value, in hexadecimal. */
  public static final String SHA256 = "nelbo.sha256";

  private HeaderNames() {}
}
