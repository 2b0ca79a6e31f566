package io.nelbo.streams.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nelbo.model.feature.Observations;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.train.TrainingConfig;
import io.nelbo.model.train.TrainingListener;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.Model;
import io.nelbo.streams.Readings;
import io.nelbo.streams.config.Settings;
import io.nelbo.streams.config.TrainerConfig;
import io.nelbo.streams.input.FixedSchemas;
import io.nelbo.streams.input.SchemaColumns;
import io.nelbo.streams.models.CurrentModel;
import io.nelbo.streams.models.ModelRecords;
import io.nelbo.streams.topics.HeaderNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTopologyTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration CHECK = Duration.ofSeconds(1);
  private static final Schema OTHER =
      SchemaBuilder.record("Other")
          .fields()
          .requiredDouble("temperature")
          .requiredDouble("humidity")
          .endRecord();

  @TempDir private Path state;

  private final TrainerConfig config =
      TrainerConfig.of(
          Settings.of(
              Map.of(
                  "retrain.min.records", "100",
                  "window.max.records", "200",
                  "retrain.max.age", "1h")));
  private final FakeTraining training = new FakeTraining();
  private final CurrentModel current = new CurrentModel();
  private final TrainerStatus status = new TrainerStatus();
  private final Readings readings = new Readings(1);
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> window;
  private TestOutputTopic<String, byte[]> models;
  private long offset;
  private boolean closed;

  @BeforeEach
  void open() {
    Properties properties = config.streamsProperties();
    properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    driver =
        new TopologyTestDriver(
            TrainerTopology.build(
                config,
                FixedSchemas.of(List.of(Readings.SCHEMA, OTHER)),
                current,
                training,
                status),
            properties,
            START);
    window =
        driver.createInputTopic(
            config.topics().window(), new ByteArraySerializer(), new ByteArraySerializer());
    models =
        driver.createOutputTopic(
            config.topics().models(), new StringDeserializer(), new ByteArrayDeserializer());
  }

  @AfterEach
  void close() {
    if (!closed) {
      closed = true;
      driver.close();
    }
  }

  @Test
  void firstModelIsTrainedAsSoonAsTheRecordsAreThere() {
    feed(99);
    driver.advanceWallClockTime(Duration.ofHours(2));
    int before = training.trainings();
    feed(1);

    ModelVersion model = nextModel();

    assertThat(before).isZero();
    assertThat(model.name()).isEqualTo("vae");
    assertThat(model.version()).isEqualTo(1);
    assertThat(model.report().records()).isEqualTo(100);
    assertThat(model.report().reason()).isEqualTo("first model");
    assertThat(model.report().windowFrom()).isEqualTo(START);
    assertThat(model.report().windowTo()).isEqualTo(START.plusSeconds(99));
  }

  @Test
  void publishedModelIsInForceHereToo() {
    feed(100);

    nextModel();

    assertThat(current.version()).isEqualTo(1);
  }

  @Test
  void trainingIsCountedAndTimed() {
    feed(100);

    nextModel();
    feed(5);

    assertThat(metric(TrainerMetrics.PUBLISHED)).isEqualTo(1);
    assertThat(gauge("window-records")).isEqualTo(105);
    assertThat(gauge("training-running")).isZero();
    assertThat(gauge("training-last-seconds")).isEqualTo(0.5);
    assertThat(gauge("training-seconds-total")).isEqualTo(0.5);
    assertThat(gauge("training-last-validation-elbo")).isEqualTo(-1);
  }

  @Test
  void nextModelWaitsForTheIntervalAndSaysWhatItFlags() {
    feed(100);
    nextModel();
    feed(50);
    for (int second = 0; second < 3598; second++) {
      driver.advanceWallClockTime(CHECK);
    }
    int withinTheInterval = training.trainings();

    ModelVersion second = nextModel();

    assertThat(withinTheInterval).isEqualTo(1);
    assertThat(second.version()).isEqualTo(2);
    assertThat(second.report().records()).isEqualTo(150);
    assertThat(second.report().reason())
        .matches(
            "retrained after 1 h.*; flags \\d+\\.\\d\\d % of the newest 20 % where version 1 flags \\d+\\.\\d\\d %");
  }

  @Test
  void recordThatComesTwiceIsInTheWindowOnce() {
    byte[] value = readings.next();
    for (int i = 0; i < 100; i++) {
      pipe(value, 0, START);
    }
    driver.advanceWallClockTime(CHECK);
    int withoutRecords = training.trainings();
    offset = 1;
    feed(99);

    ModelVersion model = nextModel();

    assertThat(withoutRecords).isZero();
    assertThat(model.report().records()).isEqualTo(100);
  }

  @Test
  void newestRecordsAreLearnedFromWhenThereAreMoreThanAsked() {
    feed(300);

    ModelVersion model = nextModel();

    assertThat(model.report().records()).isEqualTo(200);
    assertThat(model.report().windowFrom()).isEqualTo(START.plusSeconds(100));
  }

  @Test
  void recordsOlderThanTheWindowAreForgotten() {
    feed(50);
    offset = 200_000;
    feed(100);

    ModelVersion model = nextModel();

    assertThat(model.report().records()).isEqualTo(100);
    assertThat(model.report().windowFrom()).isEqualTo(START.plusSeconds(200_000));
  }

  @Test
  void vetoedCandidateLeavesTheModelAndWaitsForTheNextInterval() {
    feed(100);
    nextModel();
    training.shiftCalibration(1000);
    driver.advanceWallClockTime(Duration.ofHours(1));
    awaitMetric(TrainerMetrics.VETOED, 1);
    driver.advanceWallClockTime(Duration.ofMinutes(59));
    int sinceTheVeto = training.trainings();
    training.shiftCalibration(0);
    driver.advanceWallClockTime(Duration.ofMinutes(2));

    ModelVersion next = nextModel();

    assertThat(sinceTheVeto).isEqualTo(2);
    assertThat(next.version()).isEqualTo(2);
    assertThat(training.trainings()).isEqualTo(3);
  }

  @Test
  void failedTrainingIsCountedAndTriedAgainLater() {
    training.failWith("the loss was not finite");
    feed(100);
    driver.advanceWallClockTime(CHECK);
    awaitMetric(TrainerMetrics.FAILED, 1);
    driver.advanceWallClockTime(Duration.ofSeconds(20));
    int beforeTheBackoff = training.trainings();
    training.failWith(null);
    driver.advanceWallClockTime(Duration.ofSeconds(10));

    ModelVersion model = nextModel();

    assertThat(beforeTheBackoff).isEqualTo(1);
    assertThat(model.version()).isEqualTo(1);
    assertThat(status.failures()).isEqualTo(1);
  }

  @Test
  void defectInTrainingDoesNotStopTheStream() {
    training.breakWith(new IllegalStateException("no such engine"));
    feed(100);
    driver.advanceWallClockTime(CHECK);
    awaitMetric(TrainerMetrics.FAILED, 1);

    feed(1);

    assertThat(status.records()).isEqualTo(101);
    assertThat(models.isEmpty()).isTrue();
  }

  @Test
  void modelTooLargeForAMessageIsNotPublished() {
    training.growTo(3000);
    feed(100);
    driver.advanceWallClockTime(CHECK);

    awaitMetric(TrainerMetrics.FAILED, 1);

    assertThat(models.isEmpty()).isTrue();
  }

  @Test
  void windowRecordsThatCannotBeReadAreSkippedAndCounted() {
    feed(60);
    pipe(new byte[] {1, 2, 3}, offset++, START);
    pipe("{}".getBytes(UTF_8), offset++, START);
    window.pipeInput(readings.next());
    feed(40);

    ModelVersion model = nextModel();

    assertThat(model.report().records()).isEqualTo(100);
    assertThat(metric(TrainerMetrics.SKIPPED)).isEqualTo(3);
  }

  @Test
  void tooFewReadableRecordsFailTheTraining() {
    feed(99);
    pipe(new byte[] {1, 2, 3}, offset++, START);
    driver.advanceWallClockTime(CHECK);

    awaitMetric(TrainerMetrics.FAILED, 1);

    assertThat(training.trainings()).isZero();
  }

  @Test
  void columnsOfAllSchemasInTheWindowAreUnited() {
    feed(60);
    for (int i = 0; i < 40; i++) {
      pipe(
          Readings.encode(
              new GenericRecordBuilder(OTHER)
                  .set("temperature", 20.0 + i)
                  .set("humidity", 40.0 + i)
                  .build()),
          offset,
          START.plusSeconds(offset));
      offset++;
    }

    ModelVersion model = nextModel();

    assertThat(model.model().features().specs())
        .extracting(f -> f.name() + (f.mayBeMissing() ? "?" : ""))
        .contains("temperature", "humidity?", "pressure?");
  }

  @Test
  void trainingTimeThatIsRememberedKeepsARestartFromTrainingAtOnce() {
    driver
        .<String, Long>getKeyValueStore(TrainerTopology.HISTORY_STORE)
        .put("vae/trained-at", START.minusSeconds(600).toEpochMilli());
    driver.<String, Long>getKeyValueStore(TrainerTopology.HISTORY_STORE).put("vae/version", 7L);
    feed(100);
    driver.advanceWallClockTime(Duration.ofMinutes(49));
    int withinTheInterval = training.trainings();
    driver.advanceWallClockTime(Duration.ofMinutes(1));

    ModelVersion model = nextModel();

    assertThat(withinTheInterval).isZero();
    assertThat(model.version()).isEqualTo(8);
  }

  @Test
  void versionFollowsTheNewestOnTheModelsTopic() throws Exception {
    ModelVersion published = foreignModel(41, START);
    driver
        .createInputTopic(
            config.topics().models(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput("vae".getBytes(UTF_8), bytes(published));
    feed(100);
    driver.advanceWallClockTime(Duration.ofMinutes(59));
    int withinTheInterval = training.trainings();
    driver.advanceWallClockTime(Duration.ofMinutes(1));

    ModelVersion model = nextModel();

    assertThat(withinTheInterval).isEqualTo(1); // the foreign one
    assertThat(model.version()).isEqualTo(42);
  }

  @Test
  void closingCancelsTheTraining() throws Exception {
    training.runUntilCancelled();
    feed(100);
    driver.advanceWallClockTime(CHECK);
    assertThat(training.started().await(30, TimeUnit.SECONDS)).isTrue();

    close();

    assertThat(training.ended().await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(status.isAssigned()).isFalse();
    assertThat(models.isEmpty()).isTrue();
  }

  @Test
  void nothingToDoIsTold() {
    feed(10);

    driver.advanceWallClockTime(CHECK);

    assertThat(status.isAssigned()).isTrue();
    assertThat(status.idleChecks()).isPositive();
    assertThat(status.records()).isEqualTo(10);
  }

  private void feed(int records) {
    for (int i = 0; i < records; i++) {
      pipe(readings.next(), offset, START.plusSeconds(offset));
      offset++;
    }
  }

  private void pipe(byte[] value, long sourceOffset, Instant time) {
    TestRecord<byte[], byte[]> record = new TestRecord<>(null, value, time);
    record.headers().add(HeaderNames.PARTITION, "0".getBytes(UTF_8));
    record.headers().add(HeaderNames.OFFSET, Long.toString(sourceOffset).getBytes(UTF_8));
    window.pipeInput(record);
  }

  /** The training has a thread of its own, so the wall clock is moved until its model comes. */
  private ModelVersion nextModel() {
    await()
        .pollInSameThread()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              driver.advanceWallClockTime(CHECK);
              return !models.isEmpty();
            });
    TestRecord<String, byte[]> record = models.readRecord();
    if (record.key().startsWith("vae@")) {
      return nextModel(); // a version to be kept
    }
    assertThat(record.key()).isEqualTo("vae");
    return ModelRecords.fromAvro(
        AvroSerde.of(Model.class).deserializer().deserialize("models", record.value()));
  }

  private static byte[] bytes(ModelVersion model) {
    return AvroSerde.of(Model.class).serializer().serialize("models", ModelRecords.toAvro(model));
  }

  private ModelVersion foreignModel(long version, Instant trainedAt) throws Exception {
    var observations = new Observations(SchemaColumns.of(OTHER, config.features()).columns());
    for (int i = 0; i < 100; i++) {
      observations.add(new double[] {20 + i, 40 + i});
    }
    var trained =
        training.train(
            observations,
            row -> true,
            trainedAt,
            trainedAt,
            TrainingConfig.defaults(),
            TrainingListener.SILENT);
    return new ModelVersion("vae", version, trainedAt, trained.model(), trained.report());
  }

  private void awaitMetric(String name, int value) {
    await()
        .pollInSameThread()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              driver.advanceWallClockTime(CHECK);
              return metric(name) >= value;
            });
  }

  private int metric(String name) {
    return (int) gauge(name + "-total");
  }

  private double gauge(String name) {
    Map<String, Double> totals = new HashMap<>();
    for (Metric metric : driver.metrics().values()) {
      if (metric.metricName().group().equals("stream-nelbo-metrics")
          && metric.metricValue() instanceof Double total) {
        totals.merge(metric.metricName().name(), total, Double::sum);
      }
    }
    return totals.getOrDefault(name, 0.0);
  }
}
