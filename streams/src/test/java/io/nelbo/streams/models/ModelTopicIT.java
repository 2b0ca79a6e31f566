package io.nelbo.streams.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.Model;
import io.nelbo.streams.TestKafka;
import io.nelbo.streams.TestModels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelTopicIT {
  private final Map<String, Object> client =
      Map.of("bootstrap.servers", TestKafka.bootstrapServers(), "group.id", "not-used");
  private final AvroSerde<Model> serde = AvroSerde.of(Model.class);

  @Test
  void topicIsReadToItsEndWithTheReasonOfEachRefusal() {
    String topic = TestKafka.newTopic("models", 1);
    Model broken = ModelRecords.toAvro(TestModels.version(3));
    broken.setSha256("00");
    TestKafka.produce(
        List.of(
            record(topic, "vae", bytes(ModelRecords.toAvro(TestModels.version(1)))),
            record(topic, "vae", bytes(ModelRecords.toAvro(TestModels.version(2)))),
            record(topic, "vae", bytes(broken)),
            record(topic, "vae", new byte[] {1, 2, 3}),
            record(topic, "other", bytes(ModelRecords.toAvro(TestModels.version(9)))),
            record(topic, "gone", null)));

    List<ModelTopic.Entry> entries = ModelTopic.read(client, topic);

    assertThat(entries).extracting(ModelTopic.Entry::offset).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(entries.get(2).refusal()).contains("damaged: sha256");
    assertThat(entries.get(3).refusal()).contains("C3 01");
    assertThat(entries.get(4).refusal()).contains("its key must be its name vae, was other");
    assertThat(ModelTopic.newest(client, topic, "vae"))
        .satisfies(newest -> assertThat(newest.version()).isEqualTo(2));
    assertThat(ModelTopic.newest(client, topic, "other")).isNull();
  }

  @Test
  void topicThatDoesNotExistHoldsNothing() {
    assertThat(ModelTopic.read(client, TestKafka.unique("no-models"))).isEmpty();
  }

  private byte[] bytes(Model model) {
    return serde.serializer().serialize("models", model);
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, String key, byte @Nullable [] value) {
    return new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value);
  }
}
