package io.nelbo.streams.demo;

import io.nelbo.schemas.Alert;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.Model;
import io.nelbo.schemas.Score;
import io.nelbo.streams.models.ModelKeys;
import io.nelbo.streams.topics.HeaderNames;
import io.nelbo.streams.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads the topics of alerts, scores, models and dead letters, as any subscriber would: committed
 * records only. One thread runs it; any may ask it to finish.
 */
final class OutcomeReader {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration LAST_READ = Duration.ofSeconds(20);

  private final Consumer<byte[], byte[]> consumer;
  private final Topics topics;
  private final Outcomes outcomes;
  private final Ledger ledger;
  private final Narrator narrator;
  private final Deserializer<Alert> alerts = AvroSerde.of(Alert.class).deserializer();
  private final Deserializer<Score> scores = AvroSerde.of(Score.class).deserializer();
  private final Deserializer<Model> models = AvroSerde.of(Model.class).deserializer();
  private volatile boolean finishing;

  OutcomeReader(
      Consumer<byte[], byte[]> consumer,
      Topics topics,
      Outcomes outcomes,
      Ledger ledger,
      Narrator narrator) {
    this.consumer = consumer;
    this.topics = topics;
    this.outcomes = outcomes;
    this.ledger = ledger;
    this.narrator = narrator;
  }

  /** Reads until asked to finish, and then to the end of what there is. */
  void run() {
    List<TopicPartition> partitions =
        List.of(topics.alerts(), topics.scores(), topics.models(), topics.deadLetters()).stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    while (!finishing) {
      consumer.poll(POLL).forEach(this::read);
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    long deadline = System.nanoTime() + LAST_READ.toNanos();
    while (!isAt(ends) && System.nanoTime() - deadline < 0) {
      consumer.poll(POLL).forEach(this::read);
    }
  }

  void finish() {
    finishing = true;
  }

  private boolean isAt(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue());
  }

  private void read(ConsumerRecord<byte[], byte[]> record) {
    String topic = record.topic();
    if (topic.equals(topics.scores())) {
      outcomes.score(scores.deserialize(topic, record.value()));
    } else if (topic.equals(topics.alerts())) {
      alert(alerts.deserialize(topic, record.value()), record.key());
    } else if (topic.equals(topics.models())) {
      if (ModelKeys.isKept(record.key()) || ModelKeys.isCandidate(record.key())) {
        return;
      }
      Model model = models.deserialize(topic, record.value());
      outcomes.model(model);
      narrator.model(model);
    } else {
      Coordinates coordinates =
          new Coordinates(
              Integer.parseInt(header(record, HeaderNames.PARTITION)),
              Long.parseLong(header(record, HeaderNames.OFFSET)));
      outcomes.deadLetter(coordinates, header(record, HeaderNames.REASON));
    }
  }

  private void alert(Alert alert, byte[] key) {
    Coordinates coordinates =
        new Coordinates(alert.getSource().getPartition(), alert.getSource().getOffset());
    Ledger.Planted planted = ledger.episodeOf(coordinates);
    boolean first = planted != null && planted.records().stream().noneMatch(outcomes::hasAlert);
    if (outcomes.alert(coordinates)) {
      String about = new String(key, StandardCharsets.UTF_8);
      narrator.alert(alert, about, planted == null ? null : planted.kind(), first);
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    if (header == null) {
      throw new IllegalStateException(
          "the dead letter at offset %d of %s has no header %s"
              .formatted(record.offset(), record.topic(), name));
    }
    return new String(header.value(), StandardCharsets.UTF_8);
  }
}
