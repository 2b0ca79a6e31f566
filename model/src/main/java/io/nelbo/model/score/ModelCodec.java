package io.nelbo.model.score;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The bytes of a trained model. The same model has the same bytes, so their SHA-256 names it.
 *
 * <p>All numbers are little-endian, a text is an int length and UTF-8, an array an int length and
 * its values:
 *
 * <pre>
 * header    "NELBO", format version (byte), length of the content (int)
 * content   features: count, then of each: name, kind (text), mean, scale (double),
 *             vocabulary (count, texts), may be missing (byte)
 *           likelihood (text), discrete floor (double)
 *           members: count, then of each:
 *             shape: inputs, latent, hidden1, hidden2, outputs, continuous (int),
 *               linear (byte), components (int)
 *             weights (float[]), noise (float[])
 *           baseline (double[])
 *           calibration: size (int), scores kept (double[])
 *           self-test: observation (double[]), score (double)
 * checksum  SHA-256 of all that precedes
 * </pre>
 */
public final class ModelCodec {
  static final int FORMAT_VERSION = 1;
  static final int CHECKSUM_BYTES = 32;
  static final int HEADER_BYTES = 10;
  private static final byte[] MAGIC = {'N', 'E', 'L', 'B', 'O'};

  /** The relative difference of the self-test's score that another machine's rounding explains. */
  private static final double SELF_TEST_TOLERANCE = 1e-4;

  private ModelCodec() {}

  public static byte[] encode(TrainedModel model) {
    byte[] content = ModelContent.write(model);
    ByteBuffer bytes =
        ByteBuffer.allocate(HEADER_BYTES + content.length + CHECKSUM_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(MAGIC)
            .put((byte) FORMAT_VERSION)
            .putInt(content.length)
            .put(content);
    MessageDigest digest = sha256();
    digest.update(bytes.array(), 0, bytes.position());
    return bytes.put(digest.digest()).array();
  }

  /**
   * Reads a model and checks all of it.
   *
   * @throws IllegalArgumentException with the reason if the bytes are not a model, are damaged,
   *     hold impossible values, or score their self-test vector otherwise than they should
   */
  public static TrainedModel decode(byte[] bytes) {
    TrainedModel model = ModelContent.read(content(bytes));
    double score = new Scorer(model).score(model.selfTest());
    double expected = model.selfTestScore();
    double tolerance = SELF_TEST_TOLERANCE * Math.max(1, Math.abs(expected));
    if (!(Math.abs(score - expected) <= tolerance)) {
      throw new IllegalArgumentException(
          "the model's self-test must score " + expected + ", scored " + score);
    }
    return model;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static ByteBuffer content(byte[] bytes) {
    if (bytes.length < MAGIC.length || !Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
      throw new IllegalArgumentException("not a Nelbo model: the bytes do not begin with NELBO");
    }
    if (bytes.length < HEADER_BYTES) {
      throw new IllegalArgumentException("truncated within the header: " + bytes.length + " bytes");
    }
    int version = bytes[MAGIC.length];
    if (version != FORMAT_VERSION) {
      throw new IllegalArgumentException(
          "format version " + version + " is unknown, this Nelbo reads " + FORMAT_VERSION);
    }
    int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(MAGIC.length + 1);
    long expected = (long) HEADER_BYTES + length + CHECKSUM_BYTES;
    if (length < 0 || bytes.length != expected) {
      throw new IllegalArgumentException(
          "truncated or damaged: the header speaks of "
              + expected
              + " bytes, there are "
              + bytes.length);
    }
    int end = HEADER_BYTES + length;
    MessageDigest digest = sha256();
    digest.update(bytes, 0, end);
    if (!MessageDigest.isEqual(digest.digest(), Arrays.copyOfRange(bytes, end, bytes.length))) {
      throw new IllegalArgumentException("damaged: the checksum differs");
    }
    return ByteBuffer.wrap(bytes, HEADER_BYTES, length).slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}
