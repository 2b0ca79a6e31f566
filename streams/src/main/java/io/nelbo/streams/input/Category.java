package io.nelbo.streams.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import org.apache.avro.generic.GenericFixed;

/**
 * The text of a categorical value. That of bytes is the text they are in UTF-8, so that a field may
 * change between string and bytes, as Avro lets it, and keep its categories; where they are no
 * text, or one that cannot be shown, it is their hexadecimal digits, as it always is of fixed
 * values.
 */
final class Category {
  private Category() {}

  static String of(Object value) {
    if (value instanceof GenericFixed) {
      return HexFormat.of().formatHex(bytes(value));
    }
    if (value instanceof ByteBuffer) {
      byte[] bytes = bytes(value);
      return isText(bytes) ? new String(bytes, UTF_8) : HexFormat.of().formatHex(bytes);
    }
    return value.toString();
  }

  static boolean isText(byte[] bytes) {
    try {
      return UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes))
          .chars()
          .noneMatch(Character::isISOControl);
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** The bytes of a bytes or fixed value as Avro holds it. */
  static byte[] bytes(Object value) {
    if (value instanceof GenericFixed fixed) {
      return fixed.bytes();
    }
    ByteBuffer buffer = ((ByteBuffer) value).duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
