package io.nelbo.streams.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.Model;
import io.nelbo.schemas.registry.RegistrySettings;
import io.nelbo.schemas.registry.RegistryUnavailableException;
import io.nelbo.schemas.registry.SchemaRegistry;
import io.nelbo.streams.Pumps;
import io.nelbo.streams.TestKafka;
import io.nelbo.streams.TestRegistry;
import io.nelbo.streams.input.FixedSchemas;
import io.nelbo.streams.input.RegistrySchemas;
import io.nelbo.streams.models.ModelRecords;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The detector with a real registry: what it reads and writes in Confluent's wire format. */
class RegisteredRecordsIT {
  private final SchemaRegistry registry =
      new SchemaRegistry(RegistrySettings.of(TestRegistry.url()));
  private final DetectorDriver detector =
      new DetectorDriver(Map.of(), new RegistrySchemas(registry));

  @AfterEach
  void close() {
    detector.close();
    registry.close();
  }

  @Test
  void recordOfASchemaWithReferencesIsScoredAndItsAlertIsOfARegisteredSchema() throws IOException {
    String subject = TestKafka.unique("readings");
    String site = Pumps.SCHEMA.getField("site").schema().toString();
    TestRegistry.register(subject + "-site", site, Map.of());
    String inline = site.replace("\"namespace\":\"user\",", "");
    String reading = Pumps.SCHEMA.toString().replace(inline, "\"user.Site\"");
    assertThat(reading).doesNotContain("country");
    int id = TestRegistry.register(subject, reading, Map.of("user.Site", subject + "-site"));
    detector.publish(Pumps.version(1));

    detector.pipe(withId(id, Pumps.normal()));
    detector.pipe(withId(id, Pumps.outlier()));

    byte[] alert = values("pumps.alerts").readValue();
    Schema schema = TestRegistry.schemaOf(alert);
    assertThat(schema.getFullName()).isEqualTo("io.nelbo.schemas.Alert");
    assertThat(read(schema, alert).get("reason").toString()).startsWith("vibration 9.1");
    byte[] score = values("pumps.scores").readValuesToList().get(1);
    assertThat(read(TestRegistry.schemaOf(score), score).get("score"))
        .isEqualTo(read(schema, alert).get("score"));
    assertThat(detector.deadLetters.isEmpty()).isTrue();
  }

  @Test
  void unknownIdIsADeadLetterThatNamesItAndTheStreamGoesOn() {
    detector.pipe(withId(987_654, Pumps.normal()));
    detector.pipe(withId(registeredReading(), Pumps.normal()));

    Map<String, String> headers =
        DetectorDriver.text(detector.deadLetters.readRecord().getHeaders());
    assertThat(headers.get("nelbo.reason")).isEqualTo("UNKNOWN_SCHEMA");
    assertThat(headers.get("nelbo.message"))
        .contains("schema id 987654 is of no use in the schema registry " + TestRegistry.url());
    assertThat(detector.window.readValuesToList()).hasSize(1);
  }

  @Test
  void modelsInEitherEncodingComeInForce() {
    AvroSerde<Model> registered = AvroSerde.of(Model.class, registry);

    detector.publish(Pumps.version(1));
    detector.publish(
        registered.serializer().serialize("models", ModelRecords.toAvro(Pumps.version(2))));
    assertThat(detector.model.version()).isEqualTo(2);
    detector.publish(Pumps.version(3));

    assertThat(detector.model.version()).isEqualTo(3);
  }

  @Test
  void bareRecordThatLooksRegisteredIsReadAsWhatItIs() {
    int id = registeredReading();
    Schema zeros =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Zeros", "fields": [
                  {"name": "a", "type": "long"}, {"name": "b", "type": "long"},
                  {"name": "c", "type": "long"}, {"name": "d", "type": "long"},
                  {"name": "vibration", "type": "long"}]}
                """);
    byte[] bare = {0, 0, 0, 0, (byte) id};
    assertThat(id).isLessThan(64);
    try (DetectorDriver both =
        new DetectorDriver(
            Map.of(), FixedSchemas.of(List.of(zeros)).orElse(new RegistrySchemas(registry)))) {
      both.pipe(bare);
      both.pipe(withId(id, Pumps.normal()));

      assertThat(both.deadLetters.isEmpty()).isTrue();
      assertThat(both.window.readValuesToList()).hasSize(2);
    }
  }

  @Test
  void goodRecordIsKeptForLaterWhileTheRegistryIsAway() {
    RegistrySettings away = TestRegistry.away(Duration.ofMillis(200));
    try (SchemaRegistry unreachable = new SchemaRegistry(away);
        DetectorDriver waiting = new DetectorDriver(Map.of(), new RegistrySchemas(unreachable))) {
      assertThatThrownBy(() -> waiting.pipe(withId(1, Pumps.normal())))
          .hasCauseInstanceOf(RegistryUnavailableException.class);

      assertThat(waiting.topology.producedTopicNames()).isEmpty();
    }
  }

  private static int registeredReading() {
    return TestRegistry.register("plain-readings-value", Pumps.SCHEMA.toString(), Map.of());
  }

  private static byte[] withId(int id, byte[] singleObject) {
    byte[] body = Arrays.copyOfRange(singleObject, 10, singleObject.length);
    return ByteBuffer.allocate(5 + body.length).put((byte) 0).putInt(id).put(body).array();
  }

  private TestOutputTopic<byte[], byte[]> values(String topic) {
    return detector.topology.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static GenericRecord read(Schema schema, byte[] value) throws IOException {
    assertThat(value[0]).isZero();
    return new GenericDatumReader<GenericRecord>(schema)
        .read(null, DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null));
  }
}
