package io.nelbo.streams.input;

import java.util.Arrays;

/** Positive numbers by byte strings, which are looked up where they stand in a larger array. */
final class ByteCodes {
  private byte[][] keys = new byte[16][];
  private int[] codes = new int[16]; // 0 where a slot is free
  private int size;

  /** Adds a key that is not in it. */
  void put(byte[] key, int code) {
    if (2 * ++size > codes.length) {
      grow();
    }
    int slot = slot(key, 0, key.length);
    keys[slot] = key;
    codes[slot] = code;
  }

  private void grow() {
    byte[][] oldKeys = keys;
    int[] oldCodes = codes;
    keys = new byte[2 * oldKeys.length][];
    codes = new int[2 * oldCodes.length];
    for (int i = 0; i < oldCodes.length; i++) {
      if (oldCodes[i] != 0) {
        int slot = slot(oldKeys[i], 0, oldKeys[i].length);
        keys[slot] = oldKeys[i];
        codes[slot] = oldCodes[i];
      }
    }
  }

  /** Returns the key's number, or 0 if it has none. */
  int get(byte[] bytes, int from, int length) {
    return codes[slot(bytes, from, length)];
  }

  /** Where the key is, or would be: open addressing, half of the slots at most in use. */
  private int slot(byte[] bytes, int from, int length) {
    int hash = 1;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ (hash >>> 16)) & (codes.length - 1);
    while (codes[slot] != 0
        && !Arrays.equals(keys[slot], 0, keys[slot].length, bytes, from, from + length)) {
      slot = (slot + 1) & (codes.length - 1);
    }
    return slot;
  }
}
