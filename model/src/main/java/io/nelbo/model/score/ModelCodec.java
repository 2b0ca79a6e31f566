package io.nelbo.model.score;

/**
 * The bytes of a trained model: magic, format version, content, checksum. The same model has the
 * same bytes, so their SHA-256 names it.
 */
public final class ModelCodec {
  private ModelCodec() {}

  public static byte[] encode(TrainedModel model) {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads a model and checks all of it.
   *
   * @throws IllegalArgumentException with the reason if the bytes are not a model, are damaged,
   *     hold impossible values, or score their self-test vector otherwise than they should
   */
  public static TrainedModel decode(byte[] bytes) {
    throw new UnsupportedOperationException();
  }
}
