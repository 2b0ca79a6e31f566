package io.nelbo.streams.cli;

import io.nelbo.streams.config.ClientConfig;
import io.nelbo.streams.input.SchemaPublisher;
import io.nelbo.streams.topics.TopicSetup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes a topic ready for the records of a file, and their schema known. */
final class ReplayTopic {
  private ReplayTopic() {}

  /** Creates the topic if it is missing; returns whether it was. */
  static boolean create(Admin admin, String topic, int partitions) throws InterruptedException {
    if (exists(admin, topic)) {
      return false;
    }
    NewTopic wanted =
        new NewTopic(topic, Optional.of(partitions), Optional.empty())
            // The records of an old file are as old as it says; Kafka would delete them at once.
            .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1"));
    try {
      admin.createTopics(List.of(wanted)).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw new KafkaException("topic " + topic + " cannot be created: " + e.getMessage(), e);
    }
  }

  private static boolean exists(Admin admin, String topic) throws InterruptedException {
    try {
      admin.describeTopics(List.of(topic)).allTopicNames().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw new KafkaException("topic " + topic + " cannot be described: " + e.getMessage(), e);
    }
  }

  /** Puts the schema where detector and trainer look for it. */
  static void publishSchema(Admin admin, ClientConfig config, Schema schema) {
    new TopicSetup(admin, config.topics(), config.windowDuration()).forSchemas();
    SchemaPublisher.publish(config.adminProperties(), config.topics().schemas(), List.of(schema));
  }
}
