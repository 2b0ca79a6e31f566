package io.nelbo.streams.input;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The first bytes of a value, by which its encoding is told.
 *
 * <p>Avro's single-object encoding starts with {@code C3 01} and the fingerprint of the writer's
 * schema (8 bytes, little-endian), Confluent's wire format with {@code 00} and the schema's id in a
 * registry (4 bytes, big-endian). Bare Avro binary may start with any byte, these included.
 */
final class Encoding {
  static final int SINGLE_OBJECT_HEADER = 10;
  static final int CONFLUENT_HEADER = 5;

  private static final VarHandle LITTLE_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private Encoding() {}

  static boolean looksLikeSingleObject(byte[] value) {
    return value.length >= SINGLE_OBJECT_HEADER && value[0] == (byte) 0xC3 && value[1] == 1;
  }

  static long fingerprint(byte[] singleObject) {
    return (long) LITTLE_LONG.get(singleObject, 2);
  }

  static boolean looksLikeConfluent(byte[] value) {
    return value.length >= CONFLUENT_HEADER && value[0] == 0;
  }

  /** Returns how many bytes stand before the Avro binary in a value of either encoding. */
  static int header(byte[] value) {
    return value[0] == 0 ? CONFLUENT_HEADER : SINGLE_OBJECT_HEADER;
  }

  static int schemaId(byte[] confluent) {
    return (int) BIG_INT.get(confluent, 1);
  }
}
