package io.nelbo.streams.models;

import io.nelbo.model.score.ModelVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The models topic, read to its end. */
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
   * Returns what the topic holds now, oldest first.
   *
   * @param client settings of a Kafka consumer: bootstrap.servers, security and the like
   * @throws org.apache.kafka.common.KafkaException if the topic cannot be read
   */
  public static List<Entry> read(Map<String, Object> client, String topic) {
    throw new UnsupportedOperationException();
  }

  /** Returns the newest usable model of a name, or null if there is none. */
  public static @Nullable ModelVersion newest(
      Map<String, Object> client, String topic, String name) {
    throw new UnsupportedOperationException();
  }
}
