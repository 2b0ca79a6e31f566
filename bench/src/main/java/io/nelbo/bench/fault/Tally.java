package io.nelbo.bench.fault;

import io.nelbo.bench.stream.Coordinates;
import io.nelbo.bench.stream.ReadCommitted;
import io.nelbo.schemas.Alert;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.Score;
import io.nelbo.schemas.Source;
import io.nelbo.streams.topics.HeaderNames;
import io.nelbo.streams.topics.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Counts, by source coordinates, what a detector made of its input: reads the input and, read
 * committed, its scores, alerts and dead letters, in a thread of its own. Each good record is to
 * have one score, each score at or below the alert rate one alert, each bad record one dead letter.
 */
final class Tally implements AutoCloseable {
  private final String input;
  private final Topics topics;
  private final Consumer<byte[], byte[]> consumer;
  private final AvroSerde<Score> scores = AvroSerde.of(Score.class);
  private final AvroSerde<Alert> alerts = AvroSerde.of(Alert.class);
  private final Coordinates good;
  private final Coordinates bad;
  private final Coordinates scored;
  private final Coordinates alertsDue;
  private final Coordinates alerted;
  private final Coordinates dead;
  private final long[] newest;
  private final Thread thread = new Thread(this::read, "tally");
  private volatile boolean closing;

  Tally(String bootstrapServers, String input, Topics topics, int partitions) {
    this.input = input;
    this.topics = topics;
    good = new Coordinates(partitions);
    bad = new Coordinates(partitions);
    scored = new Coordinates(partitions);
    alertsDue = new Coordinates(partitions);
    alerted = new Coordinates(partitions);
    dead = new Coordinates(partitions);
    newest = new long[partitions];
    consumer =
        ReadCommitted.of(
            bootstrapServers,
            List.of(input, topics.scores(), topics.alerts(), topics.deadLetters()),
            partitions);
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    while (!closing) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
        count(record);
      }
    }
    consumer.close();
  }

  private synchronized void count(ConsumerRecord<byte[], byte[]> record) {
    String topic = record.topic();
    long number = ByteBuffer.wrap(record.key()).getLong();
    if (topic.equals(input)) {
      (Feed.isBad(number) ? bad : good).add(record.partition(), record.offset());
    } else if (topic.equals(topics.scores())) {
      Score score = scores.deserializer().deserialize(topic, record.value());
      Source source = score.getSource();
      scored.add(source.getPartition(), source.getOffset());
      newest[source.getPartition()] = Math.max(newest[source.getPartition()], number);
      if (score.getPValue() <= score.getAlertRate()) {
        alertsDue.addOnce(source.getPartition(), source.getOffset());
      }
    } else if (topic.equals(topics.alerts())) {
      Source source = alerts.deserializer().deserialize(topic, record.value()).getSource();
      alerted.add(source.getPartition(), source.getOffset());
    } else {
      dead.add((int) header(record, HeaderNames.PARTITION), header(record, HeaderNames.OFFSET));
    }
  }

  private static long header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return Long.parseLong(
        new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8));
  }

  synchronized long scored() {
    return scored.count();
  }

  synchronized long deadLetters() {
    return dead.count();
  }

  /** Whether, in every partition, a record of that number or a later one is scored. */
  synchronized boolean isScoredFrom(long number) {
    for (long n : newest) {
      if (n < number) {
        return false;
      }
    }
    return true;
  }

  /** Waits until {@link #isScoredFrom}; returns after how many seconds. */
  double awaitScoredFrom(long number) throws InterruptedException {
    long begun = System.nanoTime();
    while (!isScoredFrom(number)) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return (System.nanoTime() - begun) / 1e9;
  }

  /** What should be there and is not, with records that were sent and are not in the input. */
  synchronized long lost(long sent) {
    return Math.max(0, sent - good.count() - bad.count())
        + good.without(scored)
        + alertsDue.without(alerted)
        + bad.without(dead);
  }

  /** What is there a second time, or should not be there at all. */
  synchronized long doubled() {
    return Stream.of(good, bad, scored, alerted, dead).mapToLong(Coordinates::doubled).sum()
        + scored.without(good)
        + alerted.without(alertsDue)
        + dead.without(bad);
  }

  @Override
  public void close() {
    closing = true;
  }
}
