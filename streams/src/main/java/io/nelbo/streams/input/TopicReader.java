package io.nelbo.streams.input;

import io.nelbo.streams.topics.Permission;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic to its end by a consumer of its own, outside any group, committed records only. NOT
 * thread safe.
 */
public final class TopicReader implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(100);

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final long atMost;

  TopicReader(org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer, String topic) {
    this(consumer, topic, Long.MAX_VALUE);
  }

  private TopicReader(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      String topic,
      long atMost) {
    this.consumer = consumer;
    this.topic = topic;
    this.atMost = atMost;
  }

  /**
   * Returns a reader with a consumer of its own, which it closes.
   *
   * @param client settings of a Kafka consumer: bootstrap.servers, security and the like
   */
  public static TopicReader of(Map<String, Object> client, String topic) {
    return newest(client, topic, Long.MAX_VALUE);
  }

  /** Returns a reader that begins so many offsets before the end of each partition. */
  public static TopicReader newest(Map<String, Object> client, String topic, long atMost) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    settings.computeIfPresent(ConsumerConfig.CLIENT_ID_CONFIG, (key, id) -> id + "-" + topic);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    return new TopicReader(
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        topic,
        atMost);
  }

  /**
   * Hands over what was appended since the last call, or all at the first, oldest first in each
   * partition. A topic that does not exist is empty.
   *
   * @throws KafkaException if the end is not reached and nothing comes for 30 seconds, or the
   *     broker does not allow to read
   */
  public void readToEnd(Consumer<ConsumerRecord<byte[], byte[]>> each) {
    try {
      read(each);
    } catch (TopicAuthorizationException e) {
      Permission read = Permission.ofTopic(topic, Set.of(AclOperation.READ));
      throw new KafkaException(read.denied(), e);
    }
  }

  private void read(Consumer<ConsumerRecord<byte[], byte[]>> each) {
    if (consumer.assignment().isEmpty() && !assign()) {
      return;
    }
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    Set<TopicPartition> partitions = consumer.assignment();
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, TIMEOUT);
    while (!isAt(ends)) {
      if (System.nanoTime() - deadline > 0) {
        throw new TimeoutException(
            "topic " + topic + " gives nothing for " + TIMEOUT.toSeconds() + " s, before its end");
      }
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      if (!records.isEmpty()) {
        deadline = System.nanoTime() + TIMEOUT.toNanos();
        records.forEach(each);
      }
    }
  }

  private boolean assign() {
    List<TopicPartition> partitions;
    try {
      List<PartitionInfo> infos = consumer.partitionsFor(topic, TIMEOUT);
      partitions =
          infos == null
              ? List.of()
              : infos.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
    } catch (UnknownTopicOrPartitionException e) {
      return false;
    }
    consumer.assign(partitions);
    seek(partitions);
    return !partitions.isEmpty();
  }

  private void seek(List<TopicPartition> partitions) {
    if (atMost == Long.MAX_VALUE) {
      consumer.seekToBeginning(partitions);
      return;
    }
    Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, TIMEOUT);
    consumer
        .endOffsets(partitions, TIMEOUT)
        .forEach(
            (partition, end) ->
                consumer.seek(
                    partition, Math.max(first.getOrDefault(partition, 0L), end - atMost)));
  }

  private boolean isAt(Map<TopicPartition, Long> ends) {
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      if (consumer.position(end.getKey(), TIMEOUT) < end.getValue()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
