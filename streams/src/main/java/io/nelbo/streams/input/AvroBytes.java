package io.nelbo.streams.input;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A place in bytes of Avro's binary encoding, from which values are read one after another. What
 * Avro's own decoder takes for malformed is refused here too. NOT thread safe.
 */
final class AvroBytes {
  private static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  /** Records in records: more would take a thread's stack, and none of this is ever that deep. */
  static final int MAX_NESTING = 100;

  private static final int LONGEST_INT = 5;
  private static final int LONGEST_LONG = 10;

  private byte[] bytes = new byte[0];
  private int position;
  private int nesting;

  /** Goes to a place in an array; the last byte of the value is the array's last. */
  void reset(byte[] array, int offset) {
    bytes = array;
    position = offset;
    nesting = 0;
  }

  /** Goes into a record, which is left again by {@link #leave}. */
  void enter() throws BadRecordException {
    if (++nesting > MAX_NESTING) {
      throw malformed("it is nested too deeply, more than " + MAX_NESTING + " records");
    }
  }

  void leave() {
    nesting--;
  }

  byte[] array() {
    return bytes;
  }

  void requireEnd() throws BadRecordException {
    if (position != bytes.length) {
      throw malformed("there are bytes after its end");
    }
  }

  /** Passes over bytes and returns the index of the first. */
  int skip(long count) throws BadRecordException {
    if (count < 0) {
      throw malformed("a length is negative: " + count);
    }
    if (count > bytes.length - position) {
      throw malformed("it ends too early");
    }
    int first = position;
    position += (int) count;
    return first;
  }

  boolean readBoolean() throws BadRecordException {
    return bytes[skip(1)] == 1;
  }

  float readFloat() throws BadRecordException {
    return (float) FLOAT.get(bytes, skip(Float.BYTES));
  }

  double readDouble() throws BadRecordException {
    return (double) DOUBLE.get(bytes, skip(Double.BYTES));
  }

  /** The double whose bytes begin at an index that {@link #skip} gave. */
  double doubleAt(int index) {
    return (double) DOUBLE.get(bytes, index);
  }

  int readInt() throws BadRecordException {
    int value = (int) readVariable(LONGEST_INT);
    return (value >>> 1) ^ -(value & 1); // the sign is in the lowest bit
  }

  long readLong() throws BadRecordException {
    long value = readVariable(LONGEST_LONG);
    return (value >>> 1) ^ -(value & 1);
  }

  /** Reads the length of a text or of bytes, and finds that so many are there. */
  int readLength() throws BadRecordException {
    long length = readLong();
    skip(length);
    position -= (int) length;
    return (int) length;
  }

  /** Reads an int that says which of so many it is. */
  int readIndex(int count, String of) throws BadRecordException {
    int index = readInt();
    if (index < 0 || index >= count) {
      throw malformed("%s %d is not one of %d".formatted(of, index, count));
    }
    return index;
  }

  /** Reads the number of items in a block of an array or map; 0 ends it. */
  long readBlock() throws BadRecordException {
    long count = readLong();
    if (count >= 0) {
      return count;
    }
    readLong(); // the block's size in bytes, for those who would leave it out
    if (count == Long.MIN_VALUE) {
      throw malformed("a block's count has no bound");
    }
    return -count;
  }

  // Seven bits a byte, lowest first.
  private long readVariable(int longest) throws BadRecordException {
    int end = Math.min(bytes.length, position + longest);
    long value = 0;
    int shift = 0;
    for (int i = position; i < end; i++) {
      byte next = bytes[i];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        position = i + 1;
        return value;
      }
      shift += 7;
    }
    throw malformed(
        end == bytes.length
            ? "it ends too early"
            : "a number takes more than " + longest + " bytes");
  }

  static BadRecordException malformed(String why) {
    return new BadRecordException(Reason.UNDECODABLE, why);
  }
}
