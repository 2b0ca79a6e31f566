package io.nelbo.streams.detector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nelbo.model.score.ModelVersion;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.Score;
import io.nelbo.schemas.Source;
import io.nelbo.streams.Pumps;
import io.nelbo.streams.TestKafka;
import io.nelbo.streams.app.DetectorApplication;
import io.nelbo.streams.config.DetectorConfig;
import io.nelbo.streams.config.Settings;
import io.nelbo.streams.input.SchemaPublisher;
import io.nelbo.streams.topics.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PARTITIONS = 3;
  private static final int BATCH = 200;

  @TempDir private Path state;
  private DetectorConfig config;

  @BeforeEach
  void createTopics() {
    String id = TestKafka.unique("pumps");
    String input = TestKafka.newTopic("readings", PARTITIONS);
    config =
        DetectorConfig.of(
            Settings.of(
                Map.of(
                    "bootstrap.servers",
                    TestKafka.bootstrapServers(),
                    "application.id",
                    id,
                    "input.topic",
                    input,
                    "scores.enabled",
                    "true",
                    "num.stream.threads",
                    "2",
                    "state.dir",
                    state.toString())));
    try (Admin admin = TestKafka.admin()) {
      new TopicSetup(admin, config.topics(), config.windowDuration())
          .forDetector(input, true, PATIENCE);
    }
    SchemaPublisher.publish(
        config.producerProperties(),
        config.topics().schemas(),
        List.of(Pumps.SCHEMA, Pumps.FEATURELESS));
  }

  @Test
  void modelsAreSwappedUnderLoadWithoutARecordUnscoredOrScoredTwice() throws Exception {
    publish(Pumps.version(1));
    AtomicBoolean enough = new AtomicBoolean();
    long produced;
    try (DetectorApplication detector = start()) {
      CompletableFuture<Long> load = CompletableFuture.supplyAsync(() -> produceUntil(enough));
      awaitScoredBy(1);
      for (long version = 2; version <= 4; version++) {
        publish(Pumps.version(version));
        publish(corrupt(Pumps.published(Pumps.version(version + 10))));
        awaitScoredBy(version);
      }
      enough.set(true);
      produced = load.join();
      awaitScores(produced);
      assertThat(detector.model().version()).isEqualTo(4);
      await().atMost(PATIENCE).until(() -> detector.model().refusals() == 3);
    }

    List<Score> scores = scores();
    assertThat(scores).hasSize((int) produced);
    assertThat(scores.stream().map(Score::getSource).map(DetectorIT::coordinates).distinct())
        .hasSize((int) produced);
    for (List<Score> ofPartition : byPartition(scores).values()) {
      assertThat(ofPartition).extracting(s -> s.getSource().getOffset()).isSorted();
      assertThat(ofPartition).extracting(s -> s.getModel().getVersion()).isSorted();
    }
    assertThat(scores)
        .extracting(s -> s.getModel().getVersion())
        .containsOnly(1L, 2L, 3L, 4L)
        .contains(1L, 2L, 3L, 4L);
  }

  @Test
  void restartComesBackWithTheModelThatWasInForce() throws Exception {
    publish(Pumps.version(1));
    publish(Pumps.version(2));
    publish(corrupt(Pumps.published(Pumps.version(3))));
    try (DetectorApplication detector = start()) {
      produce(Pumps.normal());
      awaitScores(1);
      assertThat(detector.model().version()).isEqualTo(2);
    }

    try (DetectorApplication detector = start()) {
      produce(Pumps.normal());
      awaitScores(2);
      assertThat(detector.model().version()).isEqualTo(2);
      assertThat(detector.model().refusals()).as("refused again").isEqualTo(1);
    }

    assertThat(scores()).extracting(s -> s.getModel().getVersion()).containsExactly(2L, 2L);
  }

  @Test
  void deletedModelComesBackUntilTheTopicIsCompacted() throws Exception {
    publish((byte @Nullable []) null); // what compaction leaves
    try (DetectorApplication detector = start()) {
      produce(Pumps.normal());
      TestKafka.read(config.topics().window(), 1, PATIENCE);
      assertThat(detector.model().version()).isZero();
    }
    publish(Pumps.version(1));
    publish((byte @Nullable []) null);

    try (DetectorApplication detector = start()) {
      produce(Pumps.normal());
      awaitScores(1);
      assertThat(detector.model().version()).isEqualTo(1);
    }
  }

  @Test
  void badInputOfEveryKindIsCountedAndTheStreamGoesOn() throws Exception {
    publish(Pumps.version(1));
    byte[] unknown = Pumps.normal();
    unknown[5] ^= 1;
    List<byte[]> bad = new ArrayList<>();
    bad.add(null);
    bad.add(Arrays.copyOf(Pumps.normal(), 20));
    bad.add(unknown);
    bad.add(new byte[] {0, 0, 0, 0, 7, 2, 4});
    bad.add(Pumps.reading(Double.NaN, 40.0, "FR"));
    bad.add(Pumps.reading(2.3, Double.POSITIVE_INFINITY, "FR"));
    bad.add(Pumps.featureless());
    bad.add(new byte[0]);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      records.add(new ProducerRecord<>(config.inputTopic(), Pumps.normal()));
      bad.forEach(value -> records.add(new ProducerRecord<>(config.inputTopic(), value)));
    }
    records.add(new ProducerRecord<>(config.inputTopic(), Pumps.outlier()));
    TestKafka.produce(records);

    List<ConsumerRecord<byte[], byte[]>> letters;
    try (DetectorApplication detector = start()) {
      letters = TestKafka.read(config.topics().deadLetters(), 50 * bad.size(), PATIENCE);
      awaitScores(51);
      assertThat(detector.model().version()).isEqualTo(1);
    }

    assertThat(
            letters.stream()
                .collect(Collectors.groupingBy(DetectorIT::reason, Collectors.counting())))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "NULL_VALUE", 50L,
                "UNDECODABLE", 50L,
                "UNKNOWN_SCHEMA", 150L,
                "NOT_FINITE", 100L,
                "NO_FEATURE", 50L));
    assertThat(letters.stream().map(DetectorIT::origin).distinct()).hasSize(50 * bad.size());
    assertThat(TestKafka.readToEnd(config.topics().deadLetters())).hasSize(50 * bad.size());
    assertThat(scores()).hasSize(51);
    assertThat(TestKafka.readToEnd(config.topics().alerts())).hasSize(1);
  }

  private DetectorApplication start() throws InterruptedException {
    DetectorApplication detector = new DetectorApplication(config, config.retrainMinRecords());
    detector.start();
    return detector;
  }

  private void publish(ModelVersion version) {
    publish(Pumps.published(version));
  }

  private void publish(byte @Nullable [] model) {
    TestKafka.produce(
        List.of(
            new ProducerRecord<>(
                config.topics().models(), config.modelName().getBytes(UTF_8), model)));
  }

  private static byte[] corrupt(byte[] model) {
    model[model.length / 2] ^= 1;
    return model;
  }

  private void produce(byte[] value) {
    TestKafka.produce(config.inputTopic(), value);
  }

  private long produceUntil(AtomicBoolean enough) {
    List<ProducerRecord<byte[], byte[]>> batch =
        IntStream.range(0, BATCH)
            .mapToObj(
                i ->
                    new ProducerRecord<byte[], byte[]>(
                        config.inputTopic(), i % PARTITIONS, null, Pumps.normal()))
            .toList();
    long count = 0;
    while (!enough.get()) {
      TestKafka.produce(batch);
      count += BATCH;
    }
    return count;
  }

  private void awaitScoredBy(long version) {
    TestKafka.readUntil(
        config.topics().scores(),
        records ->
            !records.isEmpty()
                && score(records.get(records.size() - 1)).getModel().getVersion() == version,
        PATIENCE);
  }

  private void awaitScores(long count) {
    TestKafka.read(config.topics().scores(), (int) count, PATIENCE);
  }

  private List<Score> scores() {
    return TestKafka.readToEnd(config.topics().scores()).stream().map(DetectorIT::score).toList();
  }

  private static Score score(ConsumerRecord<byte[], byte[]> record) {
    return AvroSerde.of(Score.class).deserializer().deserialize(record.topic(), record.value());
  }

  private static Map<Integer, List<Score>> byPartition(List<Score> scores) {
    return scores.stream()
        .collect(
            Collectors.groupingBy(
                s -> s.getSource().getPartition(), TreeMap::new, Collectors.toList()));
  }

  private static String coordinates(Source source) {
    return source.getPartition() + "/" + source.getOffset();
  }

  private static String reason(ConsumerRecord<byte[], byte[]> letter) {
    return header(letter, "nelbo.reason");
  }

  private static String origin(ConsumerRecord<byte[], byte[]> letter) {
    return header(letter, "nelbo.partition") + "/" + header(letter, "nelbo.offset");
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
