package io.nelbo.streams.input;

import static io.nelbo.streams.input.Values.field;
import static io.nelbo.streams.input.Values.reading;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.schemas.Alert;
import io.nelbo.streams.TestKafka;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

class SchemaPublisherIT {
  private final Map<String, Object> client =
      Map.of("bootstrap.servers", TestKafka.bootstrapServers());

  @Test
  void schemaIsPublishedOnceAndFoundByAReaderThatWasThereBefore() {
    String topic = TestKafka.newTopic("schemas", 1);
    Schema reading = reading(field("x", "'double'", "categorical"));
    try (TopicSchemas early = new TopicSchemas(client, topic)) {
      assertThat(early.find(1)).isNull();

      int first = SchemaPublisher.publish(client, topic, List.of(reading));
      int second = SchemaPublisher.publish(client, topic, List.of(reading, Alert.getClassSchema()));

      assertThat(first).isEqualTo(1);
      assertThat(second).isEqualTo(1);
      Schema found = early.find(SchemaNormalization.parsingFingerprint64(reading));
      assertThat(found).isEqualTo(reading);
      assertThat(early.find(SchemaNormalization.parsingFingerprint64(Alert.getClassSchema())))
          .isEqualTo(Alert.getClassSchema());
    }
  }

  @Test
  void topicThatDoesNotExistHasNoSchema() {
    try (TopicSchemas schemas = new TopicSchemas(client, TestKafka.unique("no-schemas"))) {
      assertThat(schemas.find(1)).isNull();
    }
  }
}
