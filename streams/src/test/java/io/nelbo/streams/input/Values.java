package io.nelbo.streams.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Schemas by their JSON and values in each encoding. */
final class Values {
  private Values() {}

  static Schema schema(String json) {
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }

  /** A record schema Reading of the given fields' JSON. */
  static Schema reading(String... fields) {
    return schema(
        "{'type':'record','name':'Reading','fields':[%s]}".formatted(String.join(",", fields)));
  }

  /** The JSON of a field whose type is given as JSON. */
  static String field(String name, String type) {
    return "{'name':'%s','type':%s}".formatted(name, type);
  }

  /** The JSON of a field with a {@code "nelbo"} property. */
  static String field(String name, String type, String property) {
    return "{'name':'%s','type':%s,'nelbo':'%s'}".formatted(name, type, property);
  }

  static GenericData.Record record(Schema schema, @Nullable Object... values) {
    GenericData.Record record = new GenericData.Record(schema);
    for (int i = 0; i < values.length; i++) {
      record.put(i, values[i]);
    }
    return record;
  }

  static byte[] bare(Schema schema, Object value) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<Object>(schema).write(value, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] singleObject(Schema schema, Object value) {
    byte[] bare = bare(schema, value);
    return ByteBuffer.allocate(10 + bare.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0xC3)
        .put((byte) 1)
        .putLong(SchemaNormalization.parsingFingerprint64(schema))
        .put(bare)
        .array();
  }

  static byte[] confluent(int id, Schema schema, Object value) {
    byte[] bare = bare(schema, value);
    return ByteBuffer.allocate(5 + bare.length).put((byte) 0).putInt(id).put(bare).array();
  }
}
