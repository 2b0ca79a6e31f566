package io.nelbo.model.score;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link ContentWriter} wrote, believing nothing: a length is held against the bytes
 * left before anything is allocated, and every failure is an IllegalArgumentException that names
 * the field.
 */
final class ContentReader {
  private final ByteBuffer bytes;

  /** Reads from a little-endian buffer, up to its limit. */
  ContentReader(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  int readInt(String field) {
    require(field, Integer.BYTES);
    return bytes.getInt();
  }

  double readDouble(String field) {
    require(field, Double.BYTES);
    return bytes.getDouble();
  }

  boolean readBoolean(String field) {
    require(field, 1);
    byte value = bytes.get();
    if (value != 0 && value != 1) {
      throw new IllegalArgumentException(field + " must be 0 or 1, was " + value);
    }
    return value == 1;
  }

  <E extends Enum<E>> E readEnum(String field, Class<E> type) {
    String name = readText(field);
    for (E value : type.getEnumConstants()) {
      if (value.name().equals(name)) {
        return value;
      }
    }
    throw new IllegalArgumentException(field + " is unknown: " + name);
  }

  /** Reads the number of things to come, each of so many bytes at least. */
  int readCount(String field, int bytesEach) {
    int count = readInt(field);
    if (count < 0 || count > bytes.remaining() / bytesEach) {
      throw new IllegalArgumentException(
          field + " has a length of " + count + ", but " + bytes.remaining() + " bytes are left");
    }
    return count;
  }

  String readText(String field) {
    int length = readCount(field, 1);
    ByteBuffer utf8 = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(field + " is not UTF-8", e);
    }
  }

  float[] readFloats(String field) {
    float[] values = new float[readCount(field, Float.BYTES)];
    bytes.asFloatBuffer().get(values);
    bytes.position(bytes.position() + values.length * Float.BYTES);
    return values;
  }

  double[] readDoubles(String field) {
    double[] values = new double[readCount(field, Double.BYTES)];
    bytes.asDoubleBuffer().get(values);
    bytes.position(bytes.position() + values.length * Double.BYTES);
    return values;
  }

  void requireEnd() {
    if (bytes.hasRemaining()) {
      throw new IllegalArgumentException(bytes.remaining() + " bytes follow the model");
    }
  }

  private void require(String field, int count) {
    if (bytes.remaining() < count) {
      throw new IllegalArgumentException(
          "the content ends within " + field + ": " + bytes.remaining() + " bytes are left");
    }
  }
}
