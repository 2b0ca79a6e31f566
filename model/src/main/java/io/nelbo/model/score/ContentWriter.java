package io.nelbo.model.score;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Appends little-endian numbers, texts and arrays; {@link ContentReader} reads them. */
final class ContentWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  void writeBoolean(boolean value) {
    bytes.write(value ? 1 : 0);
  }

  void writeInt(int value) {
    byte[] raw = new byte[Integer.BYTES];
    littleEndian(raw).putInt(value);
    bytes.writeBytes(raw);
  }

  void writeDouble(double value) {
    byte[] raw = new byte[Double.BYTES];
    littleEndian(raw).putDouble(value);
    bytes.writeBytes(raw);
  }

  void writeText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    writeInt(utf8.length);
    bytes.writeBytes(utf8);
  }

  void writeFloats(float[] values) {
    writeInt(values.length);
    byte[] raw = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    littleEndian(raw).asFloatBuffer().put(values);
    bytes.writeBytes(raw);
  }

  void writeDoubles(double[] values) {
    writeInt(values.length);
    byte[] raw = new byte[Math.multiplyExact(values.length, Double.BYTES)];
    littleEndian(raw).asDoubleBuffer().put(values);
    bytes.writeBytes(raw);
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }

  private static ByteBuffer littleEndian(byte[] raw) {
    return ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
  }
}
