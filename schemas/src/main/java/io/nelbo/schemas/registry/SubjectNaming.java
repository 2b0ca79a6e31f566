package io.nelbo.schemas.registry;

import java.util.Arrays;
import org.apache.avro.Schema;

/** Under which subject of a registry the schema of a topic's values goes. */
public enum SubjectNaming {
  /** {@code TOPIC-value}: one kind of record a topic. */
  TOPIC_NAME("TopicNameStrategy"),
  /** The record's full name, whatever the topic. */
  RECORD_NAME("RecordNameStrategy"),
  /** {@code TOPIC-RECORD}: the record's full name, topic by topic. */
  TOPIC_RECORD_NAME("TopicRecordNameStrategy");

  private static final String CONFLUENTS_PACKAGE = "io.confluent.kafka.serializers.subject.";

  private final String strategy;

  SubjectNaming(String strategy) {
    this.strategy = strategy;
  }

  /**
   * Returns the naming of one of Confluent's strategies, by its class name with or without the
   * package.
   *
   * @throws IllegalArgumentException if it is none of the three
   */
  public static SubjectNaming of(String strategy) {
    return Arrays.stream(values())
        .filter(
            n -> strategy.equals(n.strategy) || strategy.equals(CONFLUENTS_PACKAGE + n.strategy))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be TopicNameStrategy, RecordNameStrategy or TopicRecordNameStrategy, was "
                        + strategy));
  }

  /** Returns the subject of the values of a topic. */
  public String subject(String topic, Schema schema) {
    return switch (this) {
      case TOPIC_NAME -> topic + "-value";
      case RECORD_NAME -> schema.getFullName();
      case TOPIC_RECORD_NAME -> topic + "-" + schema.getFullName();
    };
  }
}
