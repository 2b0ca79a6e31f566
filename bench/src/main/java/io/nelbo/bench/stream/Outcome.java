package io.nelbo.bench.stream;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a topology's output as its users do, read committed, in a thread of its own. Where a {@link
 * Latencies} is given, the keys are the times the records were due.
 */
final class Outcome implements AutoCloseable {
  private final Consumer<byte[], byte[]> consumer;
  private final @Nullable Latencies latencies;
  private final AtomicLong count = new AtomicLong();
  private final Thread thread = new Thread(this::read, "outcome");
  private volatile boolean closing;

  private Outcome(Consumer<byte[], byte[]> consumer, @Nullable Latencies latencies) {
    this.consumer = consumer;
    this.latencies = latencies;
  }

  static Outcome of(
      String bootstrapServers, String topic, int partitions, @Nullable Latencies latencies) {
    Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> all =
        IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topic, p)).toList();
    consumer.assign(all);
    Outcome outcome = new Outcome(consumer, latencies);
    outcome.thread.start();
    return outcome;
  }

  private void read() {
    while (!closing) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        if (latencies != null) {
          latencies.arrived(ByteBuffer.wrap(record.key()).getLong());
        }
        count.incrementAndGet();
      }
    }
    consumer.close();
  }

  long count() {
    return count.get();
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
