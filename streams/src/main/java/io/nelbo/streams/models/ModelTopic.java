package io.nelbo.streams.models;

import io.nelbo.model.score.ModelVersion;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.Model;
import io.nelbo.schemas.registry.SchemaRegistry;
import io.nelbo.streams.config.NelboConfig;
import io.nelbo.streams.input.TopicReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** The models topic (key: the model's name, UTF-8; value: {@link Model}), read to its end. */
public final class ModelTopic {
  private ModelTopic() {}

  /**
   * One record of the topic.
   *
   * @param model null if it was refused
   * @param refusal why it was refused; null if it was not
   */
  public record Entry(
      String name,
      long offset,
      Instant publishedAt,
      @Nullable ModelVersion model,
      @Nullable String refusal) {}

  /**
   * Returns what the topic holds now, oldest first; a topic that does not exist holds nothing.
   *
   * @param client settings of a Kafka consumer: bootstrap.servers, security and the like
   * @throws org.apache.kafka.common.KafkaException if the topic cannot be read
   */
  public static List<Entry> read(Map<String, Object> client, String topic) {
    return read(client, topic, AvroSerde.of(Model.class));
  }

  /**
   * Returns what the models topic of these settings holds now, written with a registry or not.
   *
   * @throws org.apache.kafka.common.KafkaException if the topic cannot be read
   */
  public static List<Entry> read(NelboConfig config) {
    try (SchemaRegistry registry = config.openRegistry()) {
      return read(
          config.consumerProperties(),
          config.topics().models(),
          AvroSerde.of(Model.class, registry));
    }
  }

  private static List<Entry> read(
      Map<String, Object> client, String topic, AvroSerde<Model> serde) {
    List<Entry> entries = new ArrayList<>();
    try (TopicReader reader = TopicReader.of(client, topic)) {
      reader.readToEnd(
          record -> {
            if (record.value() != null) {
              entries.add(entry(serde, record));
            }
          });
    }
    return entries;
  }

  /** Returns the newest usable model of a name, or null if there is none. */
  public static @Nullable ModelVersion newest(
      Map<String, Object> client, String topic, String name) {
    return newest(read(client, topic), name);
  }

  /** Returns the newest usable model of a name, or null if there is none. */
  public static @Nullable ModelVersion newest(List<Entry> entries, String name) {
    return entries.stream()
        .map(Entry::model)
        .filter(Objects::nonNull)
        .filter(model -> model.name().equals(name))
        .max(Comparator.comparingLong(ModelVersion::version))
        .orElse(null);
  }

  static Entry entry(AvroSerde<Model> serde, ConsumerRecord<byte[], byte[]> record) {
    String name = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    Instant publishedAt = Instant.ofEpochMilli(record.timestamp());
    try {
      ModelDigest.check(record.headers(), record.value());
      Model published = serde.deserializer().deserialize(record.topic(), record.value());
      ModelVersion model = ModelRecords.fromAvro(published);
      if (!model.name().equals(name)) {
        throw new IllegalArgumentException(
            "its key must be its name " + model.name() + ", was " + name);
      }
      return new Entry(name, record.offset(), publishedAt, model, null);
    } catch (SerializationException | IllegalArgumentException e) {
      return new Entry(name, record.offset(), publishedAt, null, String.valueOf(e.getMessage()));
    }
  }
}
