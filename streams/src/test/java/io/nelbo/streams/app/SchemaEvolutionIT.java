package io.nelbo.streams.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Observations;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.score.Scorer;
import io.nelbo.model.train.DeviceChoice;
import io.nelbo.model.train.Trained;
import io.nelbo.model.train.TrainingConfig;
import io.nelbo.model.train.VaeTrainer;
import io.nelbo.schemas.Alert;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.Score;
import io.nelbo.streams.Pumps;
import io.nelbo.streams.TestKafka;
import io.nelbo.streams.config.DetectorConfig;
import io.nelbo.streams.config.Settings;
import io.nelbo.streams.input.FeatureSelection;
import io.nelbo.streams.input.ObservationReader;
import io.nelbo.streams.input.SchemaColumns;
import io.nelbo.streams.input.SchemaPublisher;
import io.nelbo.streams.input.SchemaSource;
import io.nelbo.streams.input.TopicSchemas;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The writers of the input change its schema in every way that Avro allows, and nothing stops. */
@Timeout(300)
class SchemaEvolutionIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int BEFORE_RETRAIN = 300;
  private static final double MISSING = Double.NaN;
  private static final ByteBuffer FR = ByteBuffer.wrap("FR".getBytes(UTF_8));

  private static final String VIBRATION = "{'name': 'vibration', 'type': 'double'}";
  private static final String FLOW = "{'name': 'flow', 'type': ['null', 'double']}";
  private static final String RUNNING = "{'name': 'running', 'type': 'boolean'}";
  private static final String SITE =
      "{'name': 'site', 'type': {'type': 'record', 'name': 'Site', 'fields': [{'name': 'country', 'type': 'string'}]}}";

  private static final Schema RENAMED_WITH_HUMIDITY =
      schema(
          "{'name': 'humidity', 'type': 'double'}",
          "{'name': 'shaking', 'type': 'double', 'aliases': ['vibration']}",
          FLOW,
          RUNNING,
          SITE.replace("'site'", "'place', 'aliases': ['site']")
              .replace(
                  "'country', 'type'",
                  "'land', 'aliases': ['country'], 'nelbo': 'categorical', 'type'"));

  @TempDir private Path state;
  private final String input = TestKafka.newTopic("readings", 1);
  private DetectorConfig config;
  private long sent;

  @BeforeEach
  void configure() {
    config =
        DetectorConfig.of(
            Settings.of(
                Map.of(
                    "bootstrap.servers",
                    TestKafka.bootstrapServers(),
                    "application.id",
                    TestKafka.unique("evolving"),
                    "input.topic",
                    input,
                    "alert.rate",
                    "0.01",
                    "scores.enabled",
                    "true",
                    "state.dir",
                    state.toString())));
  }

  @Test
  void scoresKeepTheirBitsWhileTheSchemaChangesAndANewFieldWaitsForTheRetrain() throws Exception {
    ModelVersion first = Pumps.version(1);
    Scorer scorer = new Scorer(first.model());
    Map<String, Double> expected = new LinkedHashMap<>();
    Map<String, Double> scored = new LinkedHashMap<>();
    ModelVersion retrained;
    Alert alert;
    try (DetectorApplication detector = new DetectorApplication(config, 1000)) {
      detector.start();
      publish(detector, first);
      for (Change change : changes()) {
        expected.put(change.name(), scorer.score(change.observation()));
        send(change.record());
      }
      List<Score> scores = scores();
      changes().forEach(change -> scored.put(change.name(), scores.get(scored.size()).getScore()));

      retrained = retrain();
      publish(detector, retrained);
      send(record(RENAMED_WITH_HUMIDITY, 90.0, 2.3, 40.0, true, "FR"));
      alert = alertOf(sent - 1);
    }

    assertThat(scored).isEqualTo(expected);
    assertThat(TestKafka.readToEnd(config.topics().deadLetters())).isEmpty();
    assertThat(retrained.model().features().specs())
        .extracting(FeatureSpec::name)
        .containsExactlyInAnyOrder("vibration", "flow", "running", "site.country", "humidity");
    assertThat(alert.getModel().getVersion()).isEqualTo(2);
    assertThat(alert.getContributions().get(0).getFeature()).isEqualTo("humidity");
  }

  /** A reading by one more version of the writer, and what the model in force is to see of it. */
  private record Change(
      String name, GenericRecord record, double vibration, double flow, double country) {
    double[] observation() {
      return new double[] {vibration, flow, 1, country};
    }
  }

  private static List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    changes.add(
        new Change(
            "as ever",
            record(schema(VIBRATION, FLOW, RUNNING, SITE), 2.5, 41.0, true, "FR"),
            2.5,
            41,
            1));
    changes.add(
        new Change(
            "field added, others reordered",
            record(
                schema(SITE, "{'name': 'humidity', 'type': 'double'}", RUNNING, FLOW, VIBRATION),
                "FR",
                99.0,
                true,
                41.0,
                2.5),
            2.5,
            41,
            1));
    changes.add(
        new Change(
            "field removed",
            record(schema(VIBRATION, RUNNING, SITE), 2.5, true, "FR"),
            2.5,
            MISSING,
            1));
    changes.add(
        new Change(
            "fields and record renamed, with aliases",
            record(RENAMED_WITH_HUMIDITY, 99.0, 2.5, 41.0, true, "DE"),
            2.5,
            41,
            2));
    changes.add(
        new Change(
            "field renamed without an alias",
            record(
                schema("{'name': 'shaking', 'type': 'double'}", FLOW, RUNNING, SITE),
                2.5,
                41.0,
                true,
                "FR"),
            MISSING,
            41,
            1));
    Map<String, Object> promoted = new LinkedHashMap<>();
    promoted.put("int", 2);
    promoted.put("long", 2L);
    promoted.put("float", 2f);
    promoted.put("double", 2.0);
    promoted.forEach(
        (type, two) ->
            changes.add(
                new Change(
                    "promoted to " + type,
                    record(
                        schema(VIBRATION.replace("double", type), FLOW, RUNNING, SITE),
                        two,
                        41.0,
                        true,
                        "FR"),
                    2,
                    41,
                    1)));
    changes.add(
        new Change(
            "string promoted to bytes",
            record(
                schema(VIBRATION, FLOW, RUNNING, SITE.replace("'string'", "'bytes'")),
                2.5,
                41.0,
                true,
                FR),
            2.5,
            41,
            1));
    Schema nullable =
        schema(VIBRATION.replace("'double'", "['null', 'double']"), FLOW, RUNNING, SITE);
    changes.add(new Change("made nullable", record(nullable, 2.5, 41.0, true, "FR"), 2.5, 41, 1));
    changes.add(new Change("null", record(nullable, null, 41.0, true, "FR"), MISSING, 41, 1));
    return changes;
  }

  /** Trains on a window of records of both schemas, as the trainer does. */
  private ModelVersion retrain() throws Exception {
    Random random = new Random(1);
    Schema old =
        schema(
            VIBRATION,
            FLOW,
            RUNNING,
            SITE.replace("'country'", "'country', 'nelbo': 'categorical'"));
    Observations window =
        new Observations(
            SchemaColumns.union(List.of(old, RENAMED_WITH_HUMIDITY), FeatureSelection.all()));
    try (SchemaSource schemas =
        new TopicSchemas(config.consumerProperties(), config.topics().schemas())) {
      ObservationReader reader = new ObservationReader(schemas);
      publish(old);
      for (int i = 0; i < BEFORE_RETRAIN; i++) {
        double vibration = 2.3 + 0.28 * random.nextGaussian();
        double flow = 40 + 5 * random.nextGaussian();
        double humidity = 50 + 5 * random.nextGaussian();
        GenericRecord record =
            i % 3 == 0
                ? record(old, vibration, flow, true, "FR")
                : record(RENAMED_WITH_HUMIDITY, humidity, vibration, flow, i % 10 > 0, "FR");
        reader.addTo(window, reader.decode(encode(record)));
      }
    }
    Instant now = Instant.parse("2026-11-22T12:00:00Z");
    Trained trained =
        VaeTrainer.train(
            window,
            now,
            now,
            TrainingConfig.defaults().withSteps(100).withDevice(DeviceChoice.CPU),
            (step, steps, loss) -> true);
    return new ModelVersion("vae", 2, now, trained.model(), trained.report());
  }

  private void publish(DetectorApplication detector, ModelVersion version) {
    TestKafka.produce(
        List.of(
            new ProducerRecord<>(
                config.topics().models(), "vae".getBytes(UTF_8), Pumps.published(version))));
    await().atMost(PATIENCE).until(() -> detector.model().version() == version.version());
  }

  private void publish(Schema schema) {
    SchemaPublisher.publish(
        config.producerProperties(), config.topics().schemas(), List.of(schema));
  }

  private void send(GenericRecord record) throws IOException {
    publish(record.getSchema());
    TestKafka.produce(input, encode(record));
    sent++;
  }

  private List<Score> scores() {
    return TestKafka.read(config.topics().scores(), (int) sent, PATIENCE).stream()
        .map(r -> AvroSerde.of(Score.class).deserializer().deserialize(r.topic(), r.value()))
        .toList();
  }

  private Alert alertOf(long offset) {
    return TestKafka.readUntil(
            config.topics().alerts(),
            alerts -> alerts.stream().anyMatch(a -> alert(a).getSource().getOffset() == offset),
            PATIENCE)
        .stream()
        .map(SchemaEvolutionIT::alert)
        .filter(alert -> alert.getSource().getOffset() == offset)
        .findFirst()
        .orElseThrow();
  }

  private static Alert alert(ConsumerRecord<byte[], byte[]> record) {
    return AvroSerde.of(Alert.class).deserializer().deserialize(record.topic(), record.value());
  }

  private static Schema schema(String... fields) {
    String json =
        "{'type': 'record', 'name': 'Reading', 'namespace': 'user', 'fields': [%s]}"
            .formatted(String.join(", ", fields));
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }

  /** Makes a record; what stands for a nested record is its one field. */
  private static GenericRecord record(Schema schema, @Nullable Object... values) {
    GenericRecord record = new GenericData.Record(schema);
    for (int i = 0; i < values.length; i++) {
      Schema field = schema.getFields().get(i).schema();
      record.put(i, field.getType() == Schema.Type.RECORD ? record(field, values[i]) : values[i]);
    }
    return record;
  }

  private static byte[] encode(GenericRecord record) throws IOException {
    return new BinaryMessageEncoder<GenericRecord>(GenericData.get(), record.getSchema())
        .encode(record)
        .array();
  }
}
