package io.nelbo.streams.cli;

import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.IntervalCounts;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.streams.config.ClientConfig;
import io.nelbo.streams.input.TopicReader;
import io.nelbo.streams.input.TopicSchemas;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.errors.SerializationException;

/** What was told and counted of the models of a name, read from its topics. */
final class ModelLog {
  /** A busy detector tells its counts by the thousand records: this is a hundred million. */
  private static final int MOST_COUNTS = 100_000;

  private ModelLog() {}

  /** Returns the model events, oldest first. */
  static List<ModelEvent> events(ClientConfig config) {
    return read(config, config.topics().modelEvents(), ModelEvent.class, Integer.MAX_VALUE).stream()
        .filter(event -> event.getModel().equals(config.modelName()))
        .toList();
  }

  /** Returns the newest counts. */
  static List<IntervalCounts> counts(ClientConfig config) {
    return read(config, config.topics().counts(), IntervalCounts.class, MOST_COUNTS);
  }

  /**
   * What an earlier Nelbo wrote is read by its schema on the schemas topic; other bytes are not.
   */
  private static <T extends SpecificRecordBase> List<T> read(
      ClientConfig config, String topic, Class<T> type, int atMost) {
    List<T> records = new ArrayList<>();
    try (TopicSchemas schemas =
            new TopicSchemas(config.consumerProperties(), config.topics().schemas());
        TopicReader reader = TopicReader.newest(config.consumerProperties(), topic, atMost)) {
      AvroSerde<T> serde = AvroSerde.of(type, schemas::find);
      reader.readToEnd(
          record -> {
            try {
              T read = serde.deserializer().deserialize(topic, record.value());
              if (read != null) {
                records.add(read);
              }
            } catch (SerializationException e) {
              // Of a Nelbo yet to come, or of no Nelbo at all: there is nothing to show.
            }
          });
    }
    return records;
  }
}
