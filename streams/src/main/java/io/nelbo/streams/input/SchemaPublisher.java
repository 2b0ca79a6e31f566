package io.nelbo.streams.input;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Puts schemas on the schemas topic, where readers of single-object values look them up. */
public final class SchemaPublisher {
  private SchemaPublisher() {}

  /**
   * Publishes the schemas that are not on the topic yet, or there with other properties or aliases,
   * and waits until they are stored.
   *
   * @param client settings of a Kafka client: bootstrap.servers, security and the like
   * @return how many were new
   * @throws KafkaException if the topic cannot be read or written
   */
  public static int publish(Map<String, Object> client, String topic, Collection<Schema> schemas) {
    List<Schema> absent;
    try (TopicSchemas present = new TopicSchemas(client, topic)) {
      absent = absent(present, schemas);
    }
    if (!absent.isEmpty()) {
      Map<String, Object> settings = new HashMap<>(client);
      settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
      settings.put(ProducerConfig.ACKS_CONFIG, "all");
      try (Producer<byte[], byte[]> producer =
          new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
        send(producer, topic, absent);
      }
    }
    return absent.size();
  }

  static List<Schema> absent(SchemaSource present, Collection<Schema> schemas) {
    return schemas.stream()
        .filter(s -> !isSame(s, present.find(SchemaNormalization.parsingFingerprint64(s))))
        .toList();
  }

  // Schemas are equal whatever aliases they have.
  private static boolean isSame(Schema schema, @Nullable Schema other) {
    return other != null && schema.equals(other) && schema.toString().equals(other.toString());
  }

  static void send(Producer<byte[], byte[]> producer, String topic, List<Schema> schemas) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (Schema schema : schemas) {
      sent.add(producer.send(record(topic, schema)));
    }
    producer.flush();
    for (Future<RecordMetadata> future : sent) {
      try {
        future.get();
      } catch (ExecutionException e) {
        throw new KafkaException("a schema could not be published to " + topic, e.getCause());
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
    }
  }

  /** Returns a schema as it stands on the schemas topic. */
  static ProducerRecord<byte[], byte[]> record(String topic, Schema schema) {
    long fingerprint = SchemaNormalization.parsingFingerprint64(schema);
    return new ProducerRecord<>(
        topic,
        ByteBuffer.allocate(Long.BYTES).putLong(fingerprint).array(),
        schema.toString().getBytes(StandardCharsets.UTF_8));
  }
}
