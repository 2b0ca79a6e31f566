package io.nelbo.streams.app;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Where a topic ended at one moment, and whether a consumer group has come that far. */
final class InputEnd {
  private final Map<TopicPartition, Long> ends;

  private InputEnd(Map<TopicPartition, Long> ends) {
    this.ends = ends;
  }

  /** Returns the end of what is committed now; a partition that holds nothing has no end. */
  static InputEnd of(Admin admin, String topic) throws InterruptedException {
    List<TopicPartition> partitions =
        get(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
            .flatMap(d -> d.partitions().stream())
            .map(p -> new TopicPartition(topic, p.partition()))
            .toList();
    Map<TopicPartition, Long> ends = offsets(admin, partitions, OffsetSpec.latest());
    offsets(admin, partitions, OffsetSpec.earliest())
        .forEach((partition, first) -> ends.remove(partition, first));
    return new InputEnd(ends);
  }

  private static Map<TopicPartition, Long> offsets(
      Admin admin, List<TopicPartition> partitions, OffsetSpec spec) throws InterruptedException {
    Map<TopicPartition, OffsetSpec> specs =
        partitions.stream().collect(Collectors.toMap(p -> p, p -> spec));
    ListOffsetsOptions committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> e :
        get(admin.listOffsets(specs, committed).all()).entrySet()) {
      offsets.put(e.getKey(), e.getValue().offset());
    }
    return offsets;
  }

  boolean isReachedBy(Admin admin, String group) throws InterruptedException {
    if (ends.isEmpty()) {
      return true;
    }
    Map<TopicPartition, OffsetAndMetadata> committed =
        get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    return ends.entrySet().stream()
        .allMatch(
            end -> {
              OffsetAndMetadata reached = committed.get(end.getKey());
              return reached != null && reached.offset() >= end.getValue();
            });
  }

  private static <T> T get(KafkaFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new ApplicationException(
          "the broker cannot be asked how far the input is read: " + e.getCause(), e);
    }
  }
}
