package io.nelbo.streams.input;

import static io.nelbo.streams.input.Values.field;
import static io.nelbo.streams.input.Values.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopicSchemasTest {
  private static final TopicPartition PARTITION = new TopicPartition("schemas", 0);
  private static final Schema A = reading(field("a", "'double'"));
  private static final Schema B = reading(field("b", "'double'"));

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10);
  private int connections;
  private MockConsumer<byte[], byte[]> consumer = consumer();
  private final TopicSchemas schemas =
      new TopicSchemas(
          () -> {
            connections++;
            return new TopicReader(consumer, "schemas");
          },
          now::get);

  @Test
  void schemaOnTheTopicIsFoundByItsFingerprint() {
    publish(A);
    publish(B);

    assertThat(find(A)).isEqualTo(A);
    assertThat(find(B)).isEqualTo(B);
  }

  @Test
  void nothingIsConnectedBeforeTheFirstQuestion() {
    assertThat(connections).isZero();
  }

  @Test
  void schemaPublishedLaterIsFoundByTheFirstWhoAsks() {
    publish(A);
    assertThat(find(A)).isEqualTo(A);

    publish(B);

    assertThat(find(B)).isEqualTo(B);
  }

  @Test
  void unknownFingerprintIsAskedForAgainOnlyAfterFiveSeconds() {
    assertThat(find(A)).isNull();
    publish(A);

    assertThat(find(A)).isNull();
    now.addAndGet(TopicSchemas.RETRY_NANOS - 1);
    assertThat(find(A)).isNull();
    now.addAndGet(1);
    assertThat(find(A)).isEqualTo(A);
  }

  @Test
  void whatIsNoSchemaIsLeftOut() {
    byte[] key = SchemaPublisher.record("schemas", A).key();
    append(key, "not a schema".getBytes(StandardCharsets.UTF_8));
    append(key, B.toString().getBytes(StandardCharsets.UTF_8));
    append(new byte[3], B.toString().getBytes(StandardCharsets.UTF_8));
    append(null, B.toString().getBytes(StandardCharsets.UTF_8));
    append(key, null);
    publish(B);

    assertThat(find(B)).isEqualTo(B);
    assertThat(find(A)).isNull();
  }

  @Test
  void afterAFailureTheTopicIsReadAnew() {
    publish(A);
    MockConsumer<byte[], byte[]> broken = consumer;
    broken.setOffsetsException(new KafkaException("broker away"));

    assertThatThrownBy(() -> find(A)).hasMessage("broker away");
    consumer = consumer();
    publish(A);

    assertThat(find(A)).isEqualTo(A);
    assertThat(broken.closed()).isTrue();
    assertThat(connections).isEqualTo(2);
  }

  @Test
  void topicThatDoesNotExistHasNoSchema() {
    consumer.updatePartitions("schemas", List.of());

    assertThat(find(A)).isNull();
  }

  @Test
  void closingClosesTheConsumer() {
    find(A);

    schemas.close();

    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void onlySchemasThatAreAbsentArePublished() {
    publish(A);

    assertThat(SchemaPublisher.absent(schemas, List.of(A, B))).containsExactly(B);
  }

  @Test
  void schemaWithOtherPropertiesIsPublishedAndThenInForce() {
    Schema marked =
        new Schema.Parser().parse(A.toString().replace("\"a\"", "\"a\",\"nelbo\":\"label\""));
    publish(A);
    List<Schema> absent = SchemaPublisher.absent(schemas, List.of(marked));

    publish(marked);
    publish(B);

    assertThat(absent).containsExactly(marked);
    assertThat(find(B)).isEqualTo(B);
    assertThat(Objects.requireNonNull(find(A)).getField("a").getProp("nelbo")).isEqualTo("label");
  }

  @Test
  void schemaWithAnotherAliasIsPublished() {
    Schema renamed =
        new Schema.Parser().parse(A.toString().replace("\"a\"", "\"a\",\"aliases\":[\"b\"]"));
    publish(A);

    assertThat(SchemaPublisher.absent(schemas, List.of(A, renamed))).containsExactly(renamed);
  }

  private @Nullable Schema find(Schema schema) {
    return schemas.find(SchemaNormalization.parsingFingerprint64(schema));
  }

  private static MockConsumer<byte[], byte[]> consumer() {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    Node node = new Node(0, "localhost", 9092);
    consumer.updatePartitions(
        "schemas",
        List.of(new PartitionInfo("schemas", 0, node, new Node[] {node}, new Node[] {node})));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, 0L));
    return consumer;
  }

  private void publish(Schema schema) {
    ProducerRecord<byte[], byte[]> record = SchemaPublisher.record("schemas", schema);
    append(record.key(), record.value());
  }

  private void append(byte @Nullable [] key, byte @Nullable [] value) {
    MockConsumer<byte[], byte[]> target = consumer;
    long offset = Objects.requireNonNull(target.endOffsets(List.of(PARTITION)).get(PARTITION));
    target.updateEndOffsets(Map.of(PARTITION, offset + 1));
    target.schedulePollTask(
        () -> target.addRecord(new ConsumerRecord<>("schemas", 0, offset, key, value)));
  }
}
