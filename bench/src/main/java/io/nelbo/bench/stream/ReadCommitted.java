package io.nelbo.bench.stream;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Consumers that read topics as users of Nelbo do: whole, from the beginning, what is committed.
 */
public final class ReadCommitted {
  private ReadCommitted() {}

  /** Returns a consumer, for the caller to close, of topics with so many partitions each. */
  public static Consumer<byte[], byte[]> of(
      String bootstrapServers, List<String> topics, int partitions) {
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
    consumer.assign(
        topics.stream()
            .flatMap(
                topic -> IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topic, p)))
            .toList());
    return consumer;
  }
}
