package io.nelbo.streams.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nelbo.model.policy.PValueCounts;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.IntervalCounts;
import io.nelbo.schemas.ModelCommand;
import io.nelbo.schemas.ModelCommandKind;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.streams.Readings;
import io.nelbo.streams.config.Settings;
import io.nelbo.streams.config.TrainerConfig;
import io.nelbo.streams.input.FixedSchemas;
import io.nelbo.streams.models.CurrentModel;
import io.nelbo.streams.topics.HeaderNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
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

/** From what detectors count to what the trainer does, without a broker. */
class DecisionTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int RECORDS = 1_000;

  @TempDir private Path state;

  private final TrainerConfig config =
      TrainerConfig.of(Settings.of(Map.of("retrain.min.records", "100")));
  private final FakeTraining training = new FakeTraining();
  private final CurrentModel current = new CurrentModel();
  private final Readings readings = new Readings(1);
  private final List<ModelEvent> told = new ArrayList<>();
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> window;
  private TestInputTopic<byte[], byte[]> counts;
  private TestInputTopic<byte[], byte[]> commands;
  private TestOutputTopic<String, ModelEvent> events;
  private int hour;
  private long version = 1;

  @BeforeEach
  void open() {
    Properties properties = config.streamsProperties();
    properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    driver =
        new TopologyTestDriver(
            TrainerTopology.build(
                config,
                FixedSchemas.of(List.of(Readings.SCHEMA)),
                current,
                training,
                new TrainerStatus()),
            properties,
            START);
    window = input(config.topics().window());
    counts = input(config.topics().counts());
    commands = input(config.topics().commands());
    events =
        driver.createOutputTopic(
            config.topics().modelEvents(),
            new StringDeserializer(),
            AvroSerde.of(ModelEvent.class).deserializer());
    feed(200);
    awaitEvent(ModelEventKind.PUBLISHED);
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void firstModelIsToldWithItsNumbers() {
    assertThat(kinds()).containsExactly(ModelEventKind.TRAINED, ModelEventKind.PUBLISHED);
    assertThat(told.get(0).getNumbers()).containsEntry("records", 200.0);
    assertThat(told.get(1).getVersion()).isEqualTo(1);
    assertThat(told.get(1).getSentence()).isEqualTo("first model");
    assertThat(told.get(1).getModel()).isEqualTo("vae");
  }

  @Test
  void calibratedModelIsKept() {
    for (int i = 0; i < 20; i++) {
      interval(0.02);
    }

    checks(5);

    assertThat(training.trainings()).isEqualTo(1);
    assertThat(kinds()).hasSize(2);
  }

  @Test
  void modelThatFlagsTooMuchTwiceIsRetrained() {
    interval(0.05);
    interval(0.05);
    checks(3);
    int afterOneDecision = training.trainings();
    interval(0.01);

    ModelEvent published = awaitEvent(ModelEventKind.PUBLISHED);

    assertThat(afterOneDecision).isEqualTo(1);
    assertThat(published.getVersion()).isEqualTo(2);
    assertThat(published.getSentence())
        .startsWith("5.00 % of 1,000 records are flagged at 1 %, more than 3 %, once more; flags ");
    assertThat(current.version()).isEqualTo(2);
  }

  @Test
  void whatWasDecidedIsDoneOnce() {
    interval(0.05);
    interval(0.05);
    interval(0.01);
    awaitEvent(ModelEventKind.PUBLISHED);

    checks(10);
    interval(0.5); // under the version that is no longer in force
    interval(0.5);

    assertThat(training.trainings()).isEqualTo(2);
    assertThat(kinds()).doesNotContain(ModelEventKind.HELD);
  }

  @Test
  void attackIsHeldAndToldOnceAndReleasedWhenItHasPassed() {
    interval(0.4);
    interval(0.4);
    interval(0.4);
    driver.advanceWallClockTime(Duration.ofDays(30));
    checks(3);
    interval(0.01);
    interval(0.01);

    checks(1);

    assertThat(kinds().subList(2, kinds().size()))
        .startsWith(ModelEventKind.HELD, ModelEventKind.RELEASED);
    assertThat(told.get(2).getSentence())
        .isEqualTo(
            "40.00 % of 1,000 records are flagged at 1 %, more than a third: drift or attack? Nothing of it is learned");
    assertThat(told.get(2).getNumbers())
        .containsEntry("flaggedShare", 0.4)
        .containsEntry("records", 1000.0);
    assertThat(told.get(2).getInForce()).isEqualTo(1);
    assertThat(counted("models-held")).isEqualTo(1);
  }

  @Test
  void nothingIsLearnedOfWhatWasHeld() {
    interval(0.4); // the first hour, in which the window's records came
    interval(0.01);
    feed(150, START.plus(Duration.ofHours(1)));
    interval(0.05);
    interval(0.05);
    interval(0.01);

    awaitEvent(ModelEventKind.PUBLISHED);

    assertThat(training.window(1).size()).isEqualTo(150);
  }

  @Test
  void acceptedRecordsAreAllLearned() {
    interval(0.6); // the first hour, in which the window's records came
    interval(0.6);
    tell(ModelCommandKind.ACCEPT);

    ModelEvent published = awaitEvent(ModelEventKind.PUBLISHED);

    assertThat(kinds()).contains(ModelEventKind.HELD, ModelEventKind.ACCEPTED);
    assertThat(published.getSentence()).startsWith("a person accepted what was held; flags ");
    assertThat(training.window(1).size()).isEqualTo(200);
    assertThat(training.learnable(1)).isEqualTo(200);
  }

  @Test
  void rejectedAttackIsNotAskedAboutAgain() {
    interval(0.4);
    interval(0.4);
    tell(ModelCommandKind.REJECT);
    interval(0.4);
    interval(0.4);

    checks(3);

    assertThat(kinds().subList(2, kinds().size()))
        .containsExactly(ModelEventKind.HELD, ModelEventKind.REJECTED);
    assertThat(told.get(3).getCommand()).isEqualTo("id-1");
    assertThat(training.trainings()).isEqualTo(1);
  }

  @Test
  void commandThatAnswersNothingIsDeclined() {
    tell(ModelCommandKind.ACCEPT);
    tell(ModelCommandKind.REJECT);
    tell(ModelCommandKind.OTHER);

    assertThat(kinds().subList(2, 5)).containsOnly(ModelEventKind.DECLINED);
    assertThat(told.get(2).getSentence())
        .isEqualTo("nothing is held, so there is nothing to accept");
    assertThat(told.get(4).getSentence())
        .isEqualTo("this trainer does not know the command: upgrade it");
  }

  @Test
  void decisionOutlivesTheTraining() {
    training.failWith("the loss was not finite");
    interval(0.05);
    interval(0.05);
    interval(0.01);
    ModelEvent failed = awaitEvent(ModelEventKind.FAILED);
    training.failWith(null);

    ModelEvent published = awaitEvent(ModelEventKind.PUBLISHED);

    assertThat(failed.getSentence())
        .isEqualTo("next try in 30 s, what is in force stays: the loss was not finite");
    assertThat(published.getSentence()).startsWith("5.00 %");
  }

  @Test
  void worseCandidateIsVetoedWithItsReason() {
    training.shiftCalibration(1000);
    interval(0.05);
    interval(0.05);
    interval(0.01);

    ModelEvent vetoed = awaitEvent(ModelEventKind.VETOED);

    assertThat(vetoed.getVersion()).isEqualTo(2);
    assertThat(vetoed.getInForce()).isEqualTo(1);
    assertThat(vetoed.getSentence())
        .contains("flags 100.00 % of the newest 20 % where version 1 flags");
    checks(5);
    assertThat(training.trainings()).isEqualTo(2);
  }

  @Test
  void countsThatCannotBeReadChangeNothing() {
    counts.pipeInput(new byte[] {1, 2, 3});
    counts.pipeInput((byte[]) null);
    counts.pipeInput(bytes(counts(0.9, 1, START, 0.02)));
    interval(0.01);
    interval(0.01);

    checks(3);

    assertThat(kinds()).doesNotContain(ModelEventKind.HELD);
    assertThat(training.trainings()).isEqualTo(1);
    assertThat(counted("counts-skipped")).isEqualTo(3);
  }

  @Test
  void lostCalibrationIsToldOnceAModelWithTheFeaturesThatHaveShifted() {
    interval(0.01);
    feed(150, START.plus(Duration.ofHours(1)), () -> readings.loaded(3));
    for (int i = 0; i < 4; i++) {
      interval(0.02, 3);
    }

    checks(1);

    assertThat(kinds().subList(2, kinds().size())).containsExactly(ModelEventKind.CALIBRATION_LOST);
    ModelEvent lost = told.get(2);
    assertThat(lost.getVersion()).isEqualTo(1);
    assertThat(lost.getSentence())
        .matches(
            "of [\\d,]+ records that are not flagged .* have a p-value of 0\\.\\d0 or less where .* are expected, .*; (temperature|pressure|flow|speed|current): mean .* instead of .*");
    assertThat(lost.getNumbers())
        .containsKeys("log10Evidence", "share", "expected", "pressure.mean.trained");
    assertThat(counted("calibrations-lost")).isEqualTo(1);
  }

  @Test
  void calibrationOfTheNextModelIsWatchedAnew() {
    interval(0.05, 3);
    interval(0.05, 3);
    interval(0.01);
    awaitEvent(ModelEventKind.PUBLISHED);
    version = 2;
    interval(0.02, 3);
    interval(0.02, 3);
    interval(0.02, 3);

    checks(1);

    assertThat(told)
        .filteredOn(event -> event.getKind() == ModelEventKind.CALIBRATION_LOST)
        .extracting(ModelEvent::getVersion)
        .containsExactly(1L, 2L);
  }

  /** Tells the counts of the next hour, which ends the one before it. */
  private void interval(double flaggedShare) {
    interval(flaggedShare, 1);
  }

  /** The p-values of what is not flagged are powers of uniform ones. */
  private void interval(double flaggedShare, double power) {
    Instant start = START.plus(Duration.ofHours(hour++));
    counts.pipeInput(bytes(counts(flaggedShare, power, start, 0.01)));
    drain();
  }

  private void tell(ModelCommandKind kind) {
    ModelCommand command = new ModelCommand("id-1", "vae", kind, null, START);
    commands.pipeInput(
        AvroSerde.of(ModelCommand.class).serializer().serialize("commands", command));
    drain();
  }

  private IntervalCounts counts(double flaggedShare, double power, Instant start, double alpha) {
    PValueCounts counts = new PValueCounts(alpha);
    int flagged = (int) Math.round(flaggedShare * RECORDS);
    for (int i = 0; i < RECORDS; i++) {
      double uniform = (i - flagged + 0.5) / (RECORDS - flagged);
      counts.add(i < flagged ? 0.001 : alpha + (1 - alpha) * Math.pow(uniform, power));
    }
    return new IntervalCounts(0, version, start, alpha, counts.flagged(), counts.bins());
  }

  private static byte[] bytes(IntervalCounts counts) {
    return AvroSerde.of(IntervalCounts.class).serializer().serialize("counts", counts);
  }

  private TestInputTopic<byte[], byte[]> input(String topic) {
    return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private void feed(int records) {
    feed(records, START);
  }

  private void feed(int records, Instant from) {
    feed(records, from, readings::next);
  }

  private void feed(int records, Instant from, Supplier<byte[]> reading) {
    for (int i = 0; i < records; i++) {
      Instant time = from.plusSeconds(i);
      TestRecord<byte[], byte[]> record = new TestRecord<>(null, reading.get(), time);
      record.headers().add(HeaderNames.PARTITION, "0".getBytes(UTF_8));
      record
          .headers()
          .add(HeaderNames.OFFSET, Long.toString(time.getEpochSecond()).getBytes(UTF_8));
      window.pipeInput(record);
    }
  }

  private void checks(int seconds) {
    for (int i = 0; i < seconds; i++) {
      driver.advanceWallClockTime(Duration.ofSeconds(1));
    }
    drain();
  }

  private void drain() {
    told.addAll(events.readValuesToList());
  }

  private double counted(String metric) {
    return driver.metrics().values().stream()
        .filter(found -> found.metricName().name().equals(metric + "-total"))
        .mapToDouble(found -> (double) found.metricValue())
        .sum();
  }

  private List<ModelEventKind> kinds() {
    return told.stream().map(ModelEvent::getKind).toList();
  }

  /** The training has a thread of its own, so the wall clock is moved until a new event comes. */
  private ModelEvent awaitEvent(ModelEventKind kind) {
    int before = told.size();
    await()
        .pollInSameThread()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              checks(1);
              return kinds().subList(before, told.size()).contains(kind);
            });
    return told.get(told.size() - 1);
  }
}
