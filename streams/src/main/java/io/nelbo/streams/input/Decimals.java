package io.nelbo.streams.input;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Avro's decimals, unscaled two's complement with the highest byte first, as doubles. */
final class Decimals {
  /** Powers of ten and integers up to here are exact doubles, and so their quotient is nearest. */
  private static final int EXACT_POWER = 22;

  private static final long EXACT_INTEGER = 1L << 53;

  private Decimals() {}

  /** Returns the nearest double; of no bytes, 0. */
  static double nearest(byte[] bytes, int from, int length, int scale) {
    if (length <= Long.BYTES && scale >= 0 && scale <= EXACT_POWER) {
      long unscaled = unscaled(bytes, from, length);
      if (Math.abs(unscaled) <= EXACT_INTEGER && unscaled != Long.MIN_VALUE) {
        return unscaled / Math.pow(10, scale);
      }
    }
    return new BigDecimal(new BigInteger(bytes, from, length), scale).doubleValue();
  }

  private static long unscaled(byte[] bytes, int from, int length) {
    long unscaled = length == 0 ? 0 : bytes[from];
    for (int i = from + 1; i < from + length; i++) {
      unscaled = (unscaled << 8) | (bytes[i] & 0xFF);
    }
    return unscaled;
  }
}
