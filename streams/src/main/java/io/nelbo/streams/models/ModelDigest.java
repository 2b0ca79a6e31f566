package io.nelbo.streams.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nelbo.streams.topics.HeaderNames;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The SHA-256 of a published model's bytes, which goes with them in a header. The model's own
 * checksum is of what scores; this one also tells of damage to its version, its time or its report,
 * under which a model would score as it should and yet keep every later one out of force.
 *
 * <p>A record without the header, as an older Nelbo wrote it, is taken for undamaged.
 */
public final class ModelDigest {
  private ModelDigest() {}

  /** Adds the digest of a record's value to its headers. */
  public static void addTo(Headers headers, byte[] value) {
    headers.remove(HeaderNames.SHA256).add(HeaderNames.SHA256, of(value).getBytes(UTF_8));
  }

  /**
   * Checks a value against the digest that came with it.
   *
   * @throws IllegalArgumentException if it is not the digest of the value
   */
  static void check(Headers headers, byte[] value) {
    Header declared = headers.lastHeader(HeaderNames.SHA256);
    if (declared == null) {
      return;
    }
    String found = of(value);
    if (declared.value() == null || !found.equals(new String(declared.value(), UTF_8))) {
      throw new IllegalArgumentException(
          "damaged: the SHA-256 of its %d bytes must be as its header %s declares, was %s"
              .formatted(value.length, HeaderNames.SHA256, found));
    }
  }

  private static String of(byte[] value) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
