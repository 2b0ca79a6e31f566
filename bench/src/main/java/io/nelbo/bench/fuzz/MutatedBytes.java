package io.nelbo.bench.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

/** Bytes that have been tampered with, in ways that know nothing of what they mean. */
final class MutatedBytes {
  private final Random random;

  MutatedBytes(Random random) {
    this.random = random;
  }

  /** One of the ways below. */
  byte[] anyOf(byte[] bytes) {
    return switch (random.nextInt(6)) {
      case 0 -> truncated(bytes);
      case 1 -> extended(bytes);
      case 2 -> spliced(bytes);
      case 3 -> lying(bytes);
      default -> flipped(bytes, 1 + random.nextInt(4));
    };
  }

  byte[] flipped(byte[] bytes, int bits) {
    byte[] copy = bytes.clone();
    for (int i = 0; i < bits; i++) {
      copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return copy;
  }

  /** The same, in that byte. */
  byte[] flippedAt(byte[] bytes, int index) {
    byte[] copy = bytes.clone();
    copy[index] ^= (byte) (1 + random.nextInt(255));
    return copy;
  }

  byte[] truncated(byte[] bytes) {
    return Arrays.copyOf(bytes, random.nextInt(bytes.length));
  }

  byte[] extended(byte[] bytes) {
    byte[] copy = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(20));
    for (int i = bytes.length; i < copy.length; i++) {
      copy[i] = (byte) random.nextInt();
    }
    return copy;
  }

  /** With a piece of itself left out or put in a second time. */
  byte[] spliced(byte[] bytes) {
    int to = random.nextInt(bytes.length);
    int from = random.nextInt(bytes.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, to);
    out.write(bytes, from, bytes.length - from);
    return out.toByteArray();
  }

  /** With a number put in that, where it is read as a length or count, asks for a lot. */
  byte[] lying(byte[] bytes) {
    int at = random.nextInt(bytes.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    long[] sizes = {
      -1,
      1 << 20,
      Integer.MAX_VALUE,
      Integer.MAX_VALUE + 1L,
      1L << 40,
      Long.MAX_VALUE,
      Long.MIN_VALUE
    };
    Gadgets.writeLong(sizes[random.nextInt(sizes.length)], out);
    int rest = Math.min(bytes.length, at + random.nextInt(3));
    out.write(bytes, rest, bytes.length - rest);
    return out.toByteArray();
  }
}
