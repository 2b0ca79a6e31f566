package io.nelbo.bench.fuzz;

import io.nelbo.bench.stream.Coordinates;
import io.nelbo.bench.stream.ReadCommitted;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.Score;
import io.nelbo.streams.input.Reason;
import io.nelbo.streams.topics.HeaderNames;
import io.nelbo.streams.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Counts what became of records that may be good or bad: each is to have a score or a dead letter,
 * never both, and each dead letter a reason and coordinates. Read in one go, at the end. NOT thread
 * safe.
 */
final class FuzzTally implements AutoCloseable {
  private static final Set<String> REASONS =
      Arrays.stream(Reason.values()).map(Reason::name).collect(Collectors.toSet());

  private final Topics topics;
  private final Consumer<byte[], byte[]> consumer;
  private final AvroSerde<Score> scores = AvroSerde.of(Score.class);
  private final Coordinates scored;
  private final Coordinates dead;
  private final Map<String, Long> reasons = new TreeMap<>();
  private final Set<Long> versions = new TreeSet<>();
  private long unexplained;

  FuzzTally(String bootstrapServers, Topics topics, int partitions) {
    this.topics = topics;
    scored = new Coordinates(partitions);
    dead = new Coordinates(partitions);
    consumer =
        ReadCommitted.of(
            bootstrapServers, List.of(topics.scores(), topics.deadLetters()), partitions);
  }

  /** Reads on until so many records have an outcome, or no more come for so long. */
  void readUntil(long records, long patienceSeconds) {
    long last = System.nanoTime();
    while (outcomes() < records
        && System.nanoTime() - last < TimeUnit.SECONDS.toNanos(patienceSeconds)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        count(record);
        last = System.nanoTime();
      }
    }
  }

  private void count(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(topics.scores())) {
      Score score = scores.deserializer().deserialize(record.topic(), record.value());
      scored.add(score.getSource().getPartition(), score.getSource().getOffset());
      versions.add(score.getModel().getVersion());
      if (!Double.isFinite(score.getScore()) || !(score.getPValue() > 0)) {
        unexplained++;
      }
      return;
    }
    String reason = header(record, HeaderNames.REASON);
    String message = header(record, HeaderNames.MESSAGE);
    String partition = header(record, HeaderNames.PARTITION);
    String offset = header(record, HeaderNames.OFFSET);
    if (reason == null
        || !REASONS.contains(reason)
        || message == null
        || message.isBlank()
        || partition == null
        || offset == null) {
      unexplained++;
      reasons.merge("none: " + Arrays.toString(record.headers().toArray()), 1L, Long::sum);
    } else {
      reasons.merge(reason, 1L, Long::sum);
      dead.add(Integer.parseInt(partition), Long.parseLong(offset));
    }
  }

  private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }

  long outcomes() {
    return scored.count() + dead.count() + unexplained;
  }

  long scored() {
    return scored.count();
  }

  long deadLetters() {
    return dead.count();
  }

  /** Records with two outcomes. */
  long doubled() {
    return scored.doubled() + dead.doubled() + scored.count() - scored.without(dead);
  }

  /** Scores that are no number, and dead letters that do not say why or whence. */
  long unexplained() {
    return unexplained;
  }

  Map<String, Long> reasons() {
    return reasons;
  }

  /** The versions of the models that anything was scored by. */
  Set<Long> versions() {
    return versions;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
