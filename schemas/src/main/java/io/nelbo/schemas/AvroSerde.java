package io.nelbo.schemas;

import io.nelbo.schemas.registry.SchemaRegistry;
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
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
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
 * fingerprint of the writer's schema (8 bytes, little-endian), the Avro binary. Given a schema
 * registry, it writes Confluent's wire format instead ({@code 00}, the schema's id there in 4
 * bytes, big-endian, the Avro binary) and reads both. Null stays null.
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
  private static final int CONFLUENT_HEADER = 1 + Integer.BYTES;

  /** A thread that has written a model must not keep the room for one. */
  private static final int MOST_KEPT = 1 << 16;

  private static final ThreadLocal<Output> OUTPUT = ThreadLocal.withInitial(Output::new);

  /** What a thread writes records into, one after the other. */
  private static final class Output {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
  }

  private final SpecificData data;
  private final Schema schema;
  private final byte[] header;
  private final DatumWriter<T> writer;
  private final LongFunction<@Nullable Schema> versions;
  private final Map<Long, DatumReader<T>> readers = new ConcurrentHashMap<>();
  private final @Nullable SchemaRegistry registry;
  private final Map<String, byte[]> confluentHeaders = new ConcurrentHashMap<>();
  private final Map<Integer, DatumReader<T>> registered = new ConcurrentHashMap<>();

  private AvroSerde(
      Class<T> type, LongFunction<@Nullable Schema> versions, @Nullable SchemaRegistry registry) {
    NelboTrust.establish();
    this.versions = versions;
    this.registry = registry;
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
    AvroSerde<T> serde = new AvroSerde<>(type, fingerprint -> null, null);
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
    return new AvroSerde<>(type, versions, null);
  }

  /**
   * Returns the serde of a generated class that writes with a registry, if there is one.
   *
   * @param registry null for single-object encoding
   */
  public static <T extends SpecificRecordBase> AvroSerde<T> of(
      Class<T> type, @Nullable SchemaRegistry registry) {
    return new AvroSerde<>(type, fingerprint -> null, registry);
  }

  /** Returns the serde of a generated class that looks up versions and writes with a registry. */
  public static <T extends SpecificRecordBase> AvroSerde<T> of(
      Class<T> type, LongFunction<@Nullable Schema> versions, @Nullable SchemaRegistry registry) {
    return new AvroSerde<>(type, versions, registry);
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
    return this::serialize;
  }

  @Override
  public Deserializer<T> deserializer() {
    return (topic, bytes) -> deserialize(bytes);
  }

  private byte @Nullable [] serialize(String topic, @Nullable T record) {
    if (record == null) {
      return null;
    }
    byte[] start = header(topic);
    Output output = OUTPUT.get();
    output.bytes.reset();
    output.bytes.write(start, 0, start.length);
    try {
      writer.write(record, output.encoder);
      output.encoder.flush();
    } catch (IOException | RuntimeException e) {
      OUTPUT.remove(); // a part of the record is in it
      throw new SerializationException(
          schema.getFullName() + " cannot be written: " + e.getMessage(), e);
    }
    if (output.bytes.size() > MOST_KEPT) {
      OUTPUT.remove();
    }
    return output.bytes.toByteArray();
  }

  private byte[] header(String topic) {
    SchemaRegistry ids = registry;
    return ids == null
        ? header
        : confluentHeaders.computeIfAbsent(
            topic,
            t ->
                ByteBuffer.allocate(CONFLUENT_HEADER)
                    .put((byte) 0)
                    .putInt(ids.idOf(t, schema))
                    .array());
  }

  private @Nullable T deserialize(byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    if (bytes.length >= CONFLUENT_HEADER && bytes[0] == 0) {
      int id = ByteBuffer.wrap(bytes).getInt(1);
      return read(bytes, CONFLUENT_HEADER, registered(id));
    }
    if (bytes.length < HEADER || bytes[0] != header[0] || bytes[1] != header[1]) {
      throw new SerializationException(
          "not a single-object %s: %d bytes that do not start with C3 01 and a fingerprint"
              .formatted(schema.getFullName(), bytes.length));
    }
    long fingerprint = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
    return read(bytes, HEADER, reader(fingerprint));
  }

  private T read(byte[] bytes, int start, DatumReader<T> reader) {
    NelboTrust.establish();
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(bytes, start, bytes.length - start, null);
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

  private DatumReader<T> registered(int id) {
    DatumReader<T> known = registered.get(id);
    if (known == null) {
      if (registry == null) {
        throw new SerializationException(
            "written with schema id %d of a schema registry: set schema.registry.url to read it"
                .formatted(id));
      }
      Schema version = registry.find(id);
      if (version == null) {
        throw new SerializationException(registry.whyUnknown(id));
      }
      known = reader(data, version, schema);
      registered.put(id, known);
    }
    return known;
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
