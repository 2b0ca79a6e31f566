package io.nelbo.streams.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nelbo.schemas.Alert;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.ModelCommand;
import io.nelbo.schemas.ModelCommandKind;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.streams.Readings;
import io.nelbo.streams.TestKafka;
import io.nelbo.streams.config.RunConfig;
import io.nelbo.streams.config.Settings;
import io.nelbo.streams.input.SchemaPublisher;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of models while traffic changes: detector and trainer with a real broker and real
 * training. An interval is an hour of event time, which passes as quickly as records are sent.
 */
@Timeout(240)
class RetrainingIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int RECORDS = 500;

  @TempDir private Path state;

  private final String id = TestKafka.unique("retraining");
  private final String input = TestKafka.newTopic("readings", 2);
  private final Readings readings = new Readings(11);
  private Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(2));

  @BeforeEach
  void publishSchema() {
    String topic = id + ".schemas";
    TestKafka.createTopic(topic, 1, Map.of("cleanup.policy", "compact"));
    SchemaPublisher.publish(
        Map.of("bootstrap.servers", TestKafka.bootstrapServers()), topic, List.of(Readings.SCHEMA));
  }

  @Test
  void driftIsLearnedAndAlertsAreAsRareAsBefore() throws Exception {
    try (RunApplication nelbo = new RunApplication(config())) {
      nelbo.start();
      firstModel(nelbo);
      for (int hours = 1; hours <= 10; hours++) {
        double load = Math.min(0.25 * hours, 1.5);
        interval(i -> readings.loaded(load));
      }
      await().atMost(PATIENCE).until(() -> nelbo.detector().model().version() >= 2);
      int before = alerts();

      for (int hours = 0; hours < 3; hours++) {
        interval(i -> readings.loaded(1.5));
      }
      await().atMost(PATIENCE).until(() -> scored() == 13 * RECORDS);

      List<ModelEvent> events = events();
      assertThat(events)
          .extracting(ModelEvent::getKind)
          .startsWith(
              ModelEventKind.TRAINED,
              ModelEventKind.PUBLISHED,
              ModelEventKind.CALIBRATION_LOST,
              ModelEventKind.TRAINED,
              ModelEventKind.PUBLISHED);
      assertThat(events.get(2).getSentence())
          .matches(".*; (temperature|pressure|flow|speed|current): mean .* instead of .*");
      assertThat(events.get(4).getSentence()).contains("once more");
      assertThat(alerts() - before).isLessThanOrEqualTo(2 * 3 * RECORDS / 100);
    }
  }

  @Test
  void attackIsHeldAndAlertedAndOnceRejectedNotAskedAboutAgain() throws Exception {
    try (RunApplication nelbo = new RunApplication(config())) {
      nelbo.start();
      firstModel(nelbo);
      for (int hours = 0; hours < 3; hours++) {
        interval(i -> i % 5 < 2 ? readings.outlier() : readings.next());
      }
      ModelEvent asked = awaitEvent(ModelEventKind.HELD);
      tell(ModelCommandKind.REJECT);
      awaitEvent(ModelEventKind.REJECTED);
      for (int hours = 0; hours < 2; hours++) {
        interval(i -> i % 5 < 2 ? readings.outlier() : readings.next());
      }
      for (int hours = 0; hours < 3; hours++) {
        interval(i -> readings.next());
      }

      ModelEvent released = awaitEvent(ModelEventKind.RELEASED);

      assertThat(events())
          .extracting(ModelEvent::getKind)
          .containsExactly(
              ModelEventKind.TRAINED,
              ModelEventKind.PUBLISHED,
              ModelEventKind.HELD,
              ModelEventKind.REJECTED,
              ModelEventKind.RELEASED);
      assertThat(asked.getSentence()).contains("drift or attack?");
      assertThat(released.getInForce()).isEqualTo(1);
      assertThat(nelbo.detector().model().version()).isEqualTo(1);
      assertThat(alerts()).isGreaterThan(5 * RECORDS * 2 / 5 * 9 / 10);
    }
  }

  @Test
  void newRegimeIsHeldUntilAPersonAcceptsItAndThenLearned() throws Exception {
    try (RunApplication nelbo = new RunApplication(config())) {
      nelbo.start();
      firstModel(nelbo);
      IntFunction<byte[]> regime = i -> i % 5 < 3 ? readings.loaded(8) : readings.next();
      for (int hours = 0; hours < 4; hours++) {
        interval(regime);
      }
      awaitEvent(ModelEventKind.HELD);
      tell(ModelCommandKind.ACCEPT);
      await().atMost(PATIENCE).until(() -> nelbo.detector().model().version() == 2);
      int before = alerts();

      for (int hours = 0; hours < 3; hours++) {
        interval(regime);
      }
      await().atMost(PATIENCE).until(() -> scored() == 7 * RECORDS);

      assertThat(awaitEvent(ModelEventKind.ACCEPTED).getInForce()).isEqualTo(1);
      assertThat(events().stream().filter(e -> e.getKind() == ModelEventKind.PUBLISHED).skip(1))
          .first()
          .satisfies(e -> assertThat(e.getSentence()).startsWith("a person accepted"));
      assertThat(before).isGreaterThan(4 * RECORDS * 3 / 5 * 9 / 10);
      assertThat(alerts() - before).isLessThanOrEqualTo(2 * 3 * RECORDS / 100);
    }
  }

  @Test
  void poisoningTrainsNoModelThatOverlooksItAndTheReasonIsTold() throws Exception {
    try (RunApplication nelbo = new RunApplication(config())) {
      nelbo.start();
      firstModel(nelbo);
      IntFunction<byte[]> poisoned = i -> isAttack(i) ? readings.outlier() : readings.next();
      for (int hours = 0; hours < 4; hours++) {
        interval(poisoned);
      }
      ModelEvent vetoed = awaitEvent(ModelEventKind.VETOED);
      for (int hours = 4; hours < 10; hours++) {
        interval(poisoned);
      }
      await().atMost(PATIENCE).until(() -> scored() == 10 * RECORDS);

      assertThat(vetoed.getSentence()).contains("once more").contains("that version 1 flags");
      assertThat(caught(8, 10)).isGreaterThanOrEqualTo(caught(0, 2) - 0.1);
      assertThat(caught(0, 2)).isGreaterThan(0.9);
    }
  }

  @Test
  void candidateThatServesLiveRecordsBetterFollowsOnceItHasShownSo() throws Exception {
    try (RunApplication nelbo = new RunApplication(shadowConfig())) {
      nelbo.start();
      firstModel(nelbo);
      propose();
      long before = nelbo.detector().model().version();
      for (int hours = 0; hours < 6; hours++) {
        interval(i -> readings.loaded(1.5));
      }
      await().atMost(PATIENCE).until(() -> nelbo.detector().model().version() == 2);

      assertThat(before).isEqualTo(1);
      assertThat(verdict(ModelEventKind.PUBLISHED).getSentence())
          .matches("flags .* live records where version 1 flags .* nats off on average");
    }
  }

  @Test
  void candidateThatHasForgottenWhatComesAgainIsVetoedWithItsNumbers() throws Exception {
    IntFunction<byte[]> oftenHot = i -> i % 5 == 0 ? readings.weathered(8) : readings.next();
    try (RunApplication nelbo = new RunApplication(shadowConfig())) {
      nelbo.start();
      firstModel(nelbo, oftenHot);
      propose();
      for (int hours = 0; hours < 6; hours++) {
        interval(oftenHot);
      }
      ModelEvent vetoed = awaitEvent(ModelEventKind.VETOED);

      assertThat(vetoed.getVersion()).isEqualTo(2);
      assertThat(vetoed.getSentence()).contains("live records where version 1 flags");
      assertThat(vetoed.getNumbers().get("candidateFlaggedShare"))
          .isGreaterThan(vetoed.getNumbers().get("inForceFlaggedShare"));
      assertThat(nelbo.detector().model().version()).isEqualTo(1);
    }
  }

  /** So steady a drift that a second model is trained, which is only compared. */
  private void propose() {
    for (int hours = 1; hours <= 10; hours++) {
      double load = Math.min(0.25 * hours, 1.5);
      interval(i -> readings.loaded(load));
    }
    awaitEvent(ModelEventKind.PROPOSED);
  }

  /** The event that follows the proposal. */
  private ModelEvent verdict(ModelEventKind kind) {
    return events().stream()
        .dropWhile(e -> e.getKind() != ModelEventKind.PROPOSED)
        .filter(e -> e.getKind() == kind)
        .findFirst()
        .orElseThrow();
  }

  private RunConfig shadowConfig() {
    return config(Map.of("models.shadow", "true", "models.shadow.records", "100"));
  }

  private static boolean isAttack(int i) {
    return i % 20 == 7;
  }

  /** The share of the attacks in some of the hours after the first model's that was alerted. */
  private double caught(int fromHour, int toHour) {
    Instant begin = hour.minus(Duration.ofHours(10));
    long from = begin.plus(Duration.ofHours(fromHour)).toEpochMilli();
    long to = begin.plus(Duration.ofHours(toHour)).toEpochMilli();
    long caught =
        TestKafka.readToEnd(id + ".alerts").stream()
            .filter(alert -> new String(alert.key(), UTF_8).startsWith("attack"))
            .map(alert -> AvroSerde.of(Alert.class).deserializer().deserialize("", alert.value()))
            .mapToLong(alert -> alert.getSource().getTimestamp().toEpochMilli())
            .filter(time -> from <= time && time < to)
            .count();
    return caught / ((toHour - fromHour) * RECORDS / 20.0);
  }

  private void tell(ModelCommandKind kind) {
    ModelCommand command =
        ModelCommand.newBuilder()
            .setId("id-" + kind)
            .setModel("vae")
            .setKind(kind)
            .setSentAt(Instant.now())
            .build();
    TestKafka.produce(
        List.of(
            new ProducerRecord<>(
                id + ".commands",
                AvroSerde.of(ModelCommand.class).serializer().serialize("commands", command))));
  }

  private void firstModel(RunApplication nelbo) {
    firstModel(nelbo, i -> readings.next());
  }

  private void firstModel(RunApplication nelbo, IntFunction<byte[]> record) {
    for (int hours = 0; hours < 3; hours++) {
      interval(record);
    }
    await().atMost(PATIENCE).until(() -> nelbo.detector().model().version() == 1);
  }

  /** Sends an hour's records to both partitions, and attacks to both alike. */
  private void interval(IntFunction<byte[]> record) {
    List<ProducerRecord<byte[], byte[]>> batch = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      long time = hour.plusSeconds(i * 3600L / RECORDS).toEpochMilli();
      batch.add(
          new ProducerRecord<>(
              input,
              (i + i / 20) % 2,
              time,
              ((isAttack(i) ? "attack-" : "key-") + i).getBytes(UTF_8),
              record.apply(i)));
    }
    TestKafka.produce(batch);
    hour = hour.plus(Duration.ofHours(1));
  }

  private int alerts() {
    return TestKafka.readToEnd(id + ".alerts").size();
  }

  private int scored() {
    return TestKafka.readToEnd(id + ".scores").size();
  }

  private List<ModelEvent> events() {
    Deserializer<ModelEvent> deserializer = AvroSerde.of(ModelEvent.class).deserializer();
    return TestKafka.readToEnd(id + ".model-events").stream()
        .map(record -> deserializer.deserialize(record.topic(), record.value()))
        .toList();
  }

  private ModelEvent awaitEvent(ModelEventKind kind) {
    await().atMost(PATIENCE).until(() -> events().stream().anyMatch(e -> e.getKind() == kind));
    return events().stream().filter(e -> e.getKind() == kind).findFirst().orElseThrow();
  }

  private RunConfig config() {
    return config(Map.of());
  }

  private RunConfig config(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.put("bootstrap.servers", TestKafka.bootstrapServers());
    all.put("application.id", id);
    all.put("input.topic", input);
    all.put("state.dir", state.toString());
    all.put("train.device", "cpu");
    all.put("alert.rate", "0.01");
    all.put("scores.enabled", "true");
    all.put("window.duration", "5h");
    all.put("retrain.interval", "1h");
    all.put("retrain.min.records", "1500");
    return RunConfig.of(Settings.of(all));
  }
}
