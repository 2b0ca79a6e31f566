package io.nelbo.streams.models;

import io.nelbo.model.score.ModelVersion;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.Model;
import io.nelbo.schemas.registry.SchemaRegistry;
import io.nelbo.streams.config.NelboConfig;
import io.nelbo.streams.input.TopicReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** The models topic ({@link ModelKeys} to {@link Model}), read to its end. */
public final class ModelTopic {
  private ModelTopic() {}

  /**
   * One record of the topic.
   *
   * @param kept whether it is there to be kept, and not to come in force
   * @param model null if it was refused
   * @param refusal why it was refused; null if it was not
   */
  public record Entry(
      String name,
      boolean kept,
      long offset,
      Instant publishedAt,
      @Nullable ModelVersion model,
      @Nullable String refusal) {

    /** The model, where it was not refused. */
    public ModelVersion usable() {
      return Objects.requireNonNull(model, "refused");
    }

    /** The version of the model, where it was not refused. */
    public long version() {
      return usable().version();
    }

    private boolean isKeptUnder(byte[] key) {
      return kept && model != null && ModelKeys.keptVersion(key, name) == model.version();
    }
  }

  /**
   * Returns what the topic holds now, oldest first, without candidates and without the versions
   * that it keeps no more; a topic that does not exist holds nothing.
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
            if (record.key() != null && ModelKeys.isCandidate(record.key())) {
              return;
            }
            if (record.value() != null) {
              entries.add(entry(serde, record));
            } else if (record.key() != null && ModelKeys.isKept(record.key())) {
              entries.removeIf(entry -> entry.isKeptUnder(record.key()));
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
    byte[] key = record.key() == null ? new byte[0] : record.key();
    String name = ModelKeys.name(key);
    boolean kept = ModelKeys.isKept(key);
    Instant publishedAt = Instant.ofEpochMilli(record.timestamp());
    try {
      ModelDigest.check(record.headers(), record.value());
      Model published = serde.deserializer().deserialize(record.topic(), record.value());
      ModelVersion model = ModelRecords.fromAvro(published);
      if (!model.name().equals(name)) {
        throw new IllegalArgumentException(
            "its key must be its name " + model.name() + ", was " + name);
      }
      if (kept && ModelKeys.keptVersion(key, name) != model.version()) {
        throw new IllegalArgumentException(
            "its key must be that of its version %d, was that of %d"
                .formatted(model.version(), ModelKeys.keptVersion(key, name)));
      }
      return new Entry(name, kept, record.offset(), publishedAt, model, null);
    } catch (SerializationException | IllegalArgumentException e) {
      return new Entry(
          name, kept, record.offset(), publishedAt, null, String.valueOf(e.getMessage()));
    }
  }
}
