package io.nelbo.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Serde of one of Nelbo's records in Avro's single-object encoding: {@code C3 01}, the CRC-64-AVRO
 * fingerprint of the writer's schema (8 bytes, little-endian), the Avro binary. Null stays null.
 *
 * <p>Data written with an earlier version of the schema is read, and so is data of any other
 * version that was given or is found. Bytes that cannot be read, and records that cannot be
 * written, are a {@link SerializationException}. Safe for use by several threads. Avro's trust in
 * the generated classes is set up here: no system property is needed, and what the program itself
 * trusts is left as it is.
 */
@NullMarked
public final class AvroSerde<T extends SpecificRecordBase> implements Serde<T> {
  private static final int HEADER = 2 + Long.BYTES;

  private final SpecificData data;
  private final Schema schema;
  private final byte[] header;
  private final DatumWriter<T> writer;
  private final LongFunction<@Nullable Schema> versions;
  private final Map<Long, DatumReader<T>> readers = new ConcurrentHashMap<>();

  private AvroSerde(Class<T> type, LongFunction<@Nullable Schema> versions) {
    NelboTrust.establish();
    this.versions = versions;
    data = SpecificData.getForClass(type);
    schema = data.getSchema(type);
    header =
        ByteBuffer.allocate(HEADER)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) 0xC3)
            .put((byte) 0x01)
            .putLong(SchemaNormalization.parsingFingerprint64(schema))
            .array();
    writer = writer(data, schema);
    FrozenSchemas.of(schema).forEach(this::add);
    add(schema);
  }

  private void add(Schema version) {
    readers.put(SchemaNormalization.parsingFingerprint64(version), reader(data, version, schema));
  }

  /**
   * Returns the serde of a generated class.
   *
   * @param otherVersions schemas of the same record, such as newer ones, that data may be written
   *     with
   */
  public static <T extends SpecificRecordBase> AvroSerde<T> of(
      Class<T> type, Schema... otherVersions) {
    AvroSerde<T> serde = new AvroSerde<>(type, fingerprint -> null);
    for (Schema version : otherVersions) {
      serde.add(version);
    }
    return serde;
  }

  /**
   * Returns the serde of a generated class that also reads what is written with versions yet to
   * come.
   *
   * @param versions finds a schema by its CRC-64-AVRO fingerprint, say on Nelbo's schemas topic;
   *     asked once for each that is found, at every record for one that is not
   */
  public static <T extends SpecificRecordBase> AvroSerde<T> of(
      Class<T> type, LongFunction<@Nullable Schema> versions) {
    return new AvroSerde<>(type, versions);
  }

  @SuppressWarnings("unchecked") // Avro's factories are not generic: the class decides the type.
  private static <T> DatumWriter<T> writer(SpecificData data, Schema schema) {
    return (DatumWriter<T>) data.createDatumWriter(schema);
  }

  @SuppressWarnings("unchecked") // Avro's factories are not generic: the class decides the type.
  private static <T> DatumReader<T> reader(SpecificData data, Schema writer, Schema reader) {
    return (DatumReader<T>) data.createDatumReader(writer, reader);
  }

  /**
   * Lets Avro make objects of Nelbo's generated classes where they are read without this serde, as
   * from a container file. Whatever else the program trusts stays as it is.
   */
  public static void trustGeneratedClasses() {
    NelboTrust.establish();
  }

  /** The schema that records are written with. */
  public Schema schema() {
    return schema;
  }

  @Override
  public Serializer<T> serializer() {
    return (topic, record) -> serialize(record);
  }

  @Override
  public Deserializer<T> deserializer() {
    return (topic, bytes) -> deserialize(bytes);
  }

  private byte @Nullable [] serialize(@Nullable T record) {
    if (record == null) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    bytes.write(header, 0, HEADER);
    Encoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      writer.write(record, encoder);
      encoder.flush();
    } catch (IOException | RuntimeException e) {
      throw new SerializationException(
          schema.getFullName() + " cannot be written: " + e.getMessage(), e);
    }
    return bytes.toByteArray();
  }

  private @Nullable T deserialize(byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    if (bytes.length < HEADER || bytes[0] != header[0] || bytes[1] != header[1]) {
      throw new SerializationException(
          "not a single-object %s: %d bytes that do not start with C3 01 and a fingerprint"
              .formatted(schema.getFullName(), bytes.length));
    }
    long fingerprint = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
    DatumReader<T> reader = reader(fingerprint);
    NelboTrust.establish();
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, null);
    try {
      T record = reader.read(null, decoder);
      if (!decoder.isEnd()) {
        throw new IOException("there are bytes after its end");
      }
      return record;
    } catch (IOException | RuntimeException e) {
      throw new SerializationException(
          "not a %s: %s".formatted(schema.getFullName(), e.getMessage()), e);
    }
  }

  private DatumReader<T> reader(long fingerprint) {
    DatumReader<T> known = readers.get(fingerprint);
    if (known == null) {
      Schema version = versions.apply(fingerprint);
      if (version == null) {
        throw new SerializationException(
            "written with a schema of fingerprint %016x, which is no known version of %s"
                .formatted(fingerprint, schema.getFullName()));
      }
      known = reader(data, version, schema);
      readers.put(fingerprint, known);
    }
    return known;
  }
}
