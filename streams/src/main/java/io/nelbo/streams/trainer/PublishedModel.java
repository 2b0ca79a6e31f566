package io.nelbo.streams.trainer;

import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.train.Trained;
import io.nelbo.schemas.Model;
import io.nelbo.streams.models.ModelRecords;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serializer;

/** What a trained model becomes on the models topic. */
final class PublishedModel {
  /** Kafka's default limit on a message, 1 MiB, less what surrounds a value in a batch. */
  static final int MAX_BYTES = (1 << 20) - 512;

  private PublishedModel() {}

  /** Returns the model as a version of that name, its report saying why it was published. */
  static ModelVersion of(
      Trained trained, String name, long version, Instant trainedAt, String reason) {
    return new ModelVersion(
        name, version, trainedAt, trained.model(), trained.report().because(reason));
  }

  /**
   * Returns the record's value.
   *
   * @throws IllegalArgumentException naming both sizes if it is too large for a message
   */
  static byte[] bytes(ModelVersion model, String topic, Serializer<Model> serializer) {
    byte[] bytes = serializer.serialize(topic, ModelRecords.toAvro(model));
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "the model is %,d bytes, a message of Kafka holds at most %,d: leave features out with features.exclude%s"
              .formatted(
                  bytes.length,
                  MAX_BYTES,
                  model.model().ensemble().members().size() > 1
                      ? " or set model.profile=fast"
                      : ""));
    }
    return bytes;
  }
}
