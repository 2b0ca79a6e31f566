package io.nelbo.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was once published is read for ever; see README.md beside the frozen bytes. */
class FrozenSchemasTest {
  private static final Path BYTES = Path.of("src", "test", "resources", "frozen");
  private static final int HEADER = 10;

  private static final List<Class<? extends SpecificRecordBase>> TYPES =
      List.of(
          Alert.class,
          Score.class,
          Model.class,
          ModelEvent.class,
          ModelCommand.class,
          IntervalCounts.class,
          TrainerState.class,
          DriftState.class,
          ShadowCounts.class);

  /** One version of one of Nelbo's records. */
  record Frozen(Class<? extends SpecificRecordBase> type, int version, Schema schema) {
    byte[] bytes() throws IOException {
      return Files.readAllBytes(BYTES.resolve(this + ".bin"));
    }

    Schema current() {
      return currentOf(type);
    }

    @Override
    public String toString() {
      return type.getSimpleName() + "-" + version;
    }
  }

  static Stream<Frozen> frozen() {
    List<Frozen> all = new ArrayList<>();
    for (var type : TYPES) {
      List<Schema> versions = FrozenSchemas.of(currentOf(type));
      assertThat(versions).as(type.getSimpleName()).isNotEmpty();
      for (int v = 0; v < versions.size(); v++) {
        all.add(new Frozen(type, v + 1, versions.get(v)));
      }
    }
    return all.stream();
  }

  private static Schema currentOf(Class<? extends SpecificRecordBase> type) {
    return AvroSerde.of(type).schema();
  }

  @ParameterizedTest
  @MethodSource("frozen")
  void frozenBytesAreThoseOfTheirSchema(Frozen frozen) throws IOException {
    long named = ByteBuffer.wrap(frozen.bytes()).order(ByteOrder.LITTLE_ENDIAN).getLong(2);

    assertThat(named)
        .as(frozen + ".avsc or .bin was edited")
        .isEqualTo(SchemaNormalization.parsingFingerprint64(frozen.schema()));
  }

  @ParameterizedTest
  @MethodSource("frozen")
  void todaysCodeReadsAllThatIsInAFrozenRecord(Frozen frozen) throws IOException {
    GenericRecord then = read(frozen.bytes(), frozen.schema(), frozen.schema());

    byte[] rewritten = rewrite(frozen.type(), frozen.bytes());

    assertThat(read(rewritten, frozen.current(), frozen.schema())).isEqualTo(then);
  }

  @ParameterizedTest
  @MethodSource("frozen")
  void currentSchemaIsCompatibleBothWays(Frozen frozen) {
    assertCompatible(frozen.current(), frozen.schema());
    assertCompatible(frozen.schema(), frozen.current());
  }

  @ParameterizedTest
  @MethodSource("frozen")
  void consumerOfAFrozenSchemaReadsTomorrowsRecords(Frozen frozen) throws IOException {
    Schema tomorrow = withAddedField(frozen.current());
    GenericRecord today = read(frozen.bytes(), frozen.schema(), tomorrow);
    today.put("shift", "day");
    byte[] published =
        new BinaryMessageEncoder<GenericRecord>(GenericData.get(), tomorrow).encode(today).array();

    GenericRecord byAnyConsumer = read(published, tomorrow, frozen.schema());

    assertThat(byAnyConsumer).isEqualTo(read(frozen.bytes(), frozen.schema(), frozen.schema()));
  }

  @Test
  void serdeReadsTomorrowsAlertsOnceItCanLookTheirSchemaUp() throws IOException {
    Schema tomorrow = withAddedField(Alert.getClassSchema());
    long fingerprint = SchemaNormalization.parsingFingerprint64(tomorrow);
    List<Long> asked = new ArrayList<>();
    AvroSerde<Alert> serde =
        AvroSerde.of(
            Alert.class,
            named -> {
              asked.add(named);
              return named == fingerprint ? tomorrow : null;
            });
    byte[] now = serde.serializer().serialize("alerts", Records.alert());
    GenericRecord extended = read(now, Alert.getClassSchema(), tomorrow);
    byte[] published =
        new BinaryMessageEncoder<GenericRecord>(GenericData.get(), tomorrow)
            .encode(extended)
            .array();

    Alert first = serde.deserializer().deserialize("alerts", published);
    Alert second = serde.deserializer().deserialize("alerts", published);

    assertThat(first).isEqualTo(Records.alert());
    assertThat(second).isEqualTo(Records.alert());
    assertThat(asked).containsExactly(fingerprint);
  }

  @Test
  void releaseHasItsSchemasFrozen() throws IOException {
    boolean released = !Files.readString(Path.of("pom.xml")).contains("-SNAPSHOT</version>");

    for (var type : TYPES) {
      Schema current = currentOf(type);
      assertThat(!released || FrozenSchemas.of(current).contains(current))
          .as(current.getName() + " changed: freeze it, see " + BYTES.resolve("README.md"))
          .isTrue();
    }
  }

  private static void assertCompatible(Schema reader, Schema writer) {
    var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);

    assertThat(result.getType())
        .as(result.getResult().getIncompatibilities().toString())
        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
  }

  private static <T extends SpecificRecordBase> byte[] rewrite(Class<T> type, byte[] bytes) {
    AvroSerde<T> serde = AvroSerde.of(type);
    return serde.serializer().serialize("topic", serde.deserializer().deserialize("topic", bytes));
  }

  private static GenericRecord read(byte[] bytes, Schema writer, Schema reader) throws IOException {
    return new GenericDatumReader<GenericRecord>(writer, reader)
        .read(null, DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, null));
  }

  private static Schema withAddedField(Schema schema) {
    List<Schema.Field> fields = new ArrayList<>();
    fields.add(new Schema.Field("shift", Schema.create(Schema.Type.STRING), null, "night"));
    schema.getFields().forEach(f -> fields.add(new Schema.Field(f, f.schema())));
    return Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields);
  }
}
