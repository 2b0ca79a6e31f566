package io.nelbo.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.Score;
import io.nelbo.streams.Pumps;
import io.nelbo.streams.TestKafka;
import io.nelbo.streams.app.DetectorApplication;
import io.nelbo.streams.app.TrainerApplication;
import io.nelbo.streams.config.ClientConfig;
import io.nelbo.streams.config.DetectorConfig;
import io.nelbo.streams.config.Settings;
import io.nelbo.streams.config.TrainerConfig;
import io.nelbo.streams.input.SchemaPublisher;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A person rolls back while two detectors of two threads each score what comes. */
@Timeout(180)
class RollbackIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final int PARTITIONS = 4;
  private static final AvroSerde<Score> SCORES = AvroSerde.of(Score.class);

  @TempDir private Path state;
  private final long begun = System.currentTimeMillis(); // all in one interval
  private final String id = TestKafka.unique("rollback");
  private final String input = TestKafka.newTopic("readings", PARTITIONS);

  @Test
  void everyPartitionIsScoredByTheRestoredVersionWithinASecondAndEventsSayWhy() throws Exception {
    ClientConfig client = ClientConfig.of(Settings.of(settings("client")));
    PublishModel.nextVersion(client); // makes the topic
    PublishModel.publish(client, Pumps.version("vae", 1, Pumps.VIBRATION));
    TestKafka.createTopic(client.topics().schemas(), 1, Map.of("cleanup.policy", "compact"));
    SchemaPublisher.publish(
        client.producerProperties(), client.topics().schemas(), List.of(Pumps.SCHEMA));
    AtomicBoolean enough = new AtomicBoolean();
    Run rollback;
    try (TrainerApplication trainer = new TrainerApplication(trainerConfig());
        DetectorApplication one = new DetectorApplication(detectorConfig("one"), 1);
        DetectorApplication two = new DetectorApplication(detectorConfig("two"), 1)) {
      trainer.start();
      one.start();
      two.start();
      CompletableFuture<Void> load = CompletableFuture.runAsync(() -> produceUntil(enough));
      awaitScoresOfAllPartitionsBy(1);
      awaitEvents(1);
      PublishModel.publish(client, Pumps.version("vae", 2, 9.1));
      awaitScoresOfAllPartitionsBy(2);
      awaitEvents(2);

      rollback = run("models", "rollback", 1);

      awaitScoresOfAllPartitionsBy(3);
      enough.set(true);
      load.join();
      assertThat(one.model().refusals() + two.model().refusals()).isZero();
    }

    assertThat(rollback.exitCode()).as(rollback.err()).isZero();
    assertThat(rollback.out()).startsWith("version 3 restores version 1");
    Instant within = published().plus(AT_ONCE);
    String restored = Pumps.version(1).model().sha256();
    scores()
        .forEach(
            (partition, scores) -> {
              assertThat(scores).extracting(RollbackIT::version).isSorted().contains(1L, 2L, 3L);
              Score first =
                  scores.stream().filter(score -> version(score) == 3).findFirst().orElseThrow();
              assertThat(first.getScoredAt()).isBefore(within);
              assertThat(scores.get(scores.size() - 1).getModel().getSha256()).isEqualTo(restored);
              assertThat(scores)
                  .filteredOn(score -> version(score) == 2)
                  .as("partition %s, scored by version 2", partition)
                  .allMatch(score -> score.getScoredAt().isBefore(within));
            });
    assertThat(events())
        .extracting(event -> event.getKind() + " " + event.getVersion())
        .containsExactly("PUBLISHED 1", "PUBLISHED 2", "ROLLED_BACK 3");
    Run list = run("models");
    assertThat(list.outLines()).hasSize(4);
    assertThat(list.outLines().get(2)).contains("kept");
    assertThat(list.outLines().get(3)).contains("in force", "restores version 1 (by hand)");
    var second = Json.parse(run("models", "--json").outLines().get(1));
    assertThat(second.get("state").asText()).isEqualTo("KEPT");
    assertThat(second.get("scored").asLong()).isPositive();
    assertThat(second.get("flaggedShare").asDouble()).isEqualTo(1);
    assertThat(Instant.parse(second.get("inForceTo").asText())).isEqualTo(published());
  }

  /** When the trainer appended the version that restores. */
  private Instant published() {
    return TestKafka.readToEnd(id + ".models").stream()
        .map(record -> Instant.ofEpochMilli(record.timestamp()))
        .reduce((before, last) -> last)
        .orElseThrow();
  }

  private static long version(Score score) {
    return score.getModel().getVersion();
  }

  private void produceUntil(AtomicBoolean enough) {
    List<ProducerRecord<byte[], byte[]>> batch =
        IntStream.range(0, 10 * PARTITIONS)
            .mapToObj(
                i ->
                    new ProducerRecord<byte[], byte[]>(
                        input, i % PARTITIONS, begun, null, Pumps.normal()))
            .toList();
    while (!enough.get()) {
      TestKafka.produce(batch);
    }
  }

  private void awaitScoresOfAllPartitionsBy(long version) {
    Set<Integer> partitions = new HashSet<>();
    AtomicInteger looked = new AtomicInteger();
    TestKafka.readUntil(
        id + ".scores",
        records -> {
          for (var record : records.subList(looked.getAndSet(records.size()), records.size())) {
            Score score = score(record);
            if (version(score) == version) {
              partitions.add(score.getSource().getPartition());
            }
          }
          return partitions.size() == PARTITIONS;
        },
        PATIENCE);
  }

  private Map<Integer, List<Score>> scores() {
    return TestKafka.readToEnd(id + ".scores").stream()
        .map(RollbackIT::score)
        .collect(Collectors.groupingBy(score -> score.getSource().getPartition()));
  }

  private static Score score(ConsumerRecord<byte[], byte[]> record) {
    return SCORES.deserializer().deserialize(record.topic(), record.value());
  }

  private void awaitEvents(int count) {
    await().atMost(PATIENCE).until(() -> events().size() == count);
  }

  private List<ModelEvent> events() {
    return TestKafka.readToEnd(id + ".model-events").stream()
        .map(
            record ->
                AvroSerde.of(ModelEvent.class)
                    .deserializer()
                    .deserialize(record.topic(), record.value()))
        .filter(event -> event.getKind() != ModelEventKind.CALIBRATION_LOST)
        .toList();
  }

  private Run run(Object... args) {
    Object[] all = Arrays.copyOf(args, args.length + 4);
    all[args.length] = "-o";
    all[args.length + 1] = "bootstrap.servers=" + TestKafka.bootstrapServers();
    all[args.length + 2] = "-o";
    all[args.length + 3] = "application.id=" + id;
    return Run.of(all);
  }

  private DetectorConfig detectorConfig(String instance) {
    return DetectorConfig.of(
        Settings.of(settings(instance))
            .with("input.topic", input)
            .with("scores.enabled", "true")
            .with("num.stream.threads", "2"));
  }

  /** Of a trainer that never has enough records to train by itself. */
  private TrainerConfig trainerConfig() {
    return TrainerConfig.of(
        Settings.of(settings("trainer"))
            .with("window.max.records", "10000000")
            .with("retrain.min.records", "10000000"));
  }

  private Map<String, String> settings(String instance) {
    Map<String, String> all = new HashMap<>();
    all.put("bootstrap.servers", TestKafka.bootstrapServers());
    all.put("application.id", id);
    all.put("state.dir", state.resolve(instance).toString());
    return all;
  }
}
