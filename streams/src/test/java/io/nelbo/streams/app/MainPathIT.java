package io.nelbo.streams.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.nelbo.schemas.Alert;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.streams.Readings;
import io.nelbo.streams.TestKafka;
import io.nelbo.streams.config.RunConfig;
import io.nelbo.streams.config.Settings;
import io.nelbo.streams.input.SchemaPublisher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** The whole way, with a real broker and real training: records in, models and alerts out. */
@Timeout(300)
class MainPathIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path state;

  private final String id = TestKafka.unique("main");
  private final String input = TestKafka.newTopic("readings", 2);
  private final Readings readings = new Readings(7);

  @Test
  void outlierBecomesAnAlertUnderModelsThatAreRetrainedAndSurviveARestart() throws Exception {
    publishSchema();
    produce(3000);
    String outlierKey = "planted";

    ConsumerRecord<byte[], byte[]> planted;
    long versionBefore;
    try (RunApplication nelbo = new RunApplication(config(Map.of("retrain.max.age", "5s")))) {
      nelbo.start();
      awaitVersion(nelbo, 1);
      TestKafka.produce(
          List.of(new ProducerRecord<>(input, outlierKey.getBytes(UTF_8), readings.outlier())));
      planted = alertOf(outlierKey);
      awaitVersionOfLiveStream(nelbo, 2);
      versionBefore = nelbo.detector().model().version();
    }
    long versionAfter;
    try (RunApplication nelbo = new RunApplication(config(Map.of("retrain.max.age", "1h")))) {
      nelbo.start();
      versionAfter = nelbo.detector().model().version();
      nelbo.trainer().awaitCaughtUp();
      assertThat(nelbo.trainer().model().version()).isEqualTo(versionAfter);
    }

    Alert alert = alert(planted);
    assertThat(alert.getSource().getTopic()).isEqualTo(input);
    assertThat(alert.getPValue()).isLessThanOrEqualTo(0.001);
    assertThat(alert.getModel().getVersion()).isPositive();
    assertThat(alert.getContributions().get(0).getFeature()).isEqualTo("pressure");
    assertThat(alert.getReason()).contains("pressure").contains("expected");
    assertThat(versionAfter).isGreaterThanOrEqualTo(versionBefore).isGreaterThanOrEqualTo(2);
  }

  @Test
  void backlogIsScoredFromTheFirstModelOnAndThenCaughtUp() throws Exception {
    publishSchema();
    produce(20_000);

    long scored;
    try (RunApplication nelbo =
        new RunApplication(config(Map.of("scores.enabled", "true", "train.time.budget", "3s")))) {
      nelbo.start();
      nelbo.awaitCaughtUp();
    }
    scored = TestKafka.readToEnd(id + ".scores").size();

    // 1,000 records are learned from; some more pass before the pause takes hold.
    assertThat(scored).isBetween(14_000L, 19_000L);
  }

  @Test
  void inputTooShortForAModelIsCaughtUpWith() throws Exception {
    publishSchema();
    produce(200);

    try (RunApplication nelbo = new RunApplication(config(Map.of()))) {
      nelbo.start();
      nelbo.awaitCaughtUp();
    }

    assertThat(TestKafka.readToEnd(id + ".window")).hasSize(200);
    assertThat(TestKafka.readToEnd(id + ".alerts")).isEmpty();
  }

  @Test
  void recordsTooOldForTheWindowDoNotHoldTheBacklogUp() throws Exception {
    publishSchema();
    List<ProducerRecord<byte[], byte[]>> history = new ArrayList<>();
    for (long minute = 0; minute < 1200; minute++) {
      history.add(
          new ProducerRecord<>(input, 0, minute * 60_000, null, readings.next(), List.of()));
    }
    TestKafka.produce(history);

    try (RunApplication nelbo =
        new RunApplication(config(Map.of("window.duration", "1h", "retrain.min.records", "500")))) {
      nelbo.start();
      nelbo.awaitCaughtUp();
    }

    assertThat(TestKafka.readToEnd(id + ".models")).isEmpty();
  }

  @Test
  void failedTrainingDoesNotHoldTheBacklogUp() throws Exception {
    publishSchema();
    produce(3000);

    long failuresOrModels;
    try (RunApplication nelbo = new RunApplication(config(Map.of("train.device", "gpu")))) {
      nelbo.start();
      nelbo.awaitCaughtUp();
      failuresOrModels = nelbo.trainer().status().failures() + nelbo.trainer().model().version();
    }

    // Where there is a GPU, the training does not fail.
    assertThat(failuresOrModels).isPositive();
  }

  @Test
  void trainerAloneCatchesUpByTrainingWhatIsDue() throws Exception {
    publishSchema();
    produce(1500);
    try (RunApplication nelbo =
        new RunApplication(config(Map.of("retrain.min.records", "100000")))) {
      nelbo.start();
      nelbo.awaitCaughtUp();
    }

    try (TrainerApplication trainer =
        new TrainerApplication(config(Map.of("train.time.budget", "3s")).trainer())) {
      trainer.start();
      trainer.awaitCaughtUp();
    }

    assertThat(TestKafka.readToEnd(id + ".models"))
        .extracting(model -> new String(model.key(), UTF_8))
        .containsExactly("vae@1", "vae");
  }

  @ParameterizedTest
  @CsvSource({
    "cpu, models are trained on cpu",
    "gpu, models are trained on gpu 0|no model can be trained: a GPU was asked for but .*"
  })
  void trainerTellsBeforeAnyTrainingWhatItTrainsOn(String device, String sentence)
      throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.list = new CopyOnWriteArrayList<>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger(TrainerApplication.class);
    logger.addAppender(log);
    try (TrainerApplication trainer =
        new TrainerApplication(config(Map.of("train.device", device)).trainer())) {
      trainer.start();

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(log.list)
                      .extracting(ILoggingEvent::getFormattedMessage)
                      .singleElement(STRING)
                      .matches(sentence));
    } finally {
      logger.detachAppender(log);
    }
  }

  private void publishSchema() {
    String topic = id + ".schemas";
    TestKafka.createTopic(topic, 1, Map.of("cleanup.policy", "compact"));
    SchemaPublisher.publish(
        Map.of("bootstrap.servers", TestKafka.bootstrapServers()), topic, List.of(Readings.SCHEMA));
  }

  private RunConfig config(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    all.put("bootstrap.servers", TestKafka.bootstrapServers());
    all.put("application.id", id);
    all.put("input.topic", input);
    all.put("state.dir", state.toString());
    all.put("train.device", "cpu");
    all.putAll(settings);
    return RunConfig.of(Settings.of(all));
  }

  private void produce(int records) {
    List<ProducerRecord<byte[], byte[]>> batch = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      batch.add(new ProducerRecord<>(input, ("key-" + i).getBytes(UTF_8), readings.next()));
    }
    TestKafka.produce(batch);
  }

  private static void awaitVersion(RunApplication nelbo, long version) {
    await().atMost(PATIENCE).until(() -> nelbo.detector().model().version() >= version);
  }

  /** Chance vetoes a candidate now and then; of other records comes another candidate. */
  private void awaitVersionOfLiveStream(RunApplication nelbo, long version) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              produce(50);
              return nelbo.detector().model().version() >= version;
            });
  }

  private ConsumerRecord<byte[], byte[]> alertOf(String key) {
    return TestKafka.readUntil(
            id + ".alerts", alerts -> alerts.stream().anyMatch(a -> isOf(a, key)), PATIENCE)
        .stream()
        .filter(a -> isOf(a, key))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isOf(ConsumerRecord<byte[], byte[]> record, String key) {
    return record.key() != null && key.equals(new String(record.key(), UTF_8));
  }

  private static Alert alert(ConsumerRecord<byte[], byte[]> record) {
    return AvroSerde.of(Alert.class).deserializer().deserialize(record.topic(), record.value());
  }
}
