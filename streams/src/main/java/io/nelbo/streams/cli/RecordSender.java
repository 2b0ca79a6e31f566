package io.nelbo.streams.cli;

import io.nelbo.schemas.registry.SchemaRegistry;
import io.nelbo.streams.config.ClientConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.MessageEncoder;
import org.apache.avro.message.RawMessageEncoder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Sends records to a topic in Avro's single-object encoding, or in Confluent's wire format if there
 * is a schema registry. NOT thread safe.
 */
final class RecordSender implements AutoCloseable {
  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final MessageEncoder<GenericRecord> encoder;
  private final byte[] header;
  private final Schema.@Nullable Field key;
  private final Schema.@Nullable Field timestamp;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  RecordSender(
      ClientConfig config,
      String topic,
      Schema schema,
      Schema.@Nullable Field key,
      Schema.@Nullable Field timestamp) {
    this.topic = topic;
    try (SchemaRegistry registry = config.openRegistry()) {
      if (registry == null) {
        encoder = new BinaryMessageEncoder<>(GenericData.get(), schema);
        header = new byte[0];
      } else {
        encoder = new RawMessageEncoder<>(GenericData.get(), schema);
        header =
            ByteBuffer.allocate(1 + Integer.BYTES)
                .put((byte) 0)
                .putInt(registry.idOf(topic, schema))
                .array();
      }
    }
    producer = new KafkaProducer<>(config.producerProperties());
    this.key = key;
    this.timestamp = timestamp;
  }

  /**
   * Hands a record to the producer.
   *
   * @throws CommandFailure if Kafka refused one of the records before
   */
  void send(GenericRecord record) throws IOException {
    throwIfRefused();
    ByteBuffer encoded = encoder.encode(record);
    byte[] value = Arrays.copyOf(header, header.length + encoded.remaining());
    encoded.get(value, header.length, encoded.remaining());
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(topic, null, timestamp(record), key(record), value),
            (metadata, refusal) -> {
              if (refusal != null) {
                failure.compareAndSet(null, refusal);
              }
            });
  }

  private byte @Nullable [] key(GenericRecord record) {
    Object value = key == null ? null : record.get(key.pos());
    return value == null ? null : value.toString().getBytes(StandardCharsets.UTF_8);
  }

  private @Nullable Long timestamp(GenericRecord record) {
    Object value = timestamp == null ? null : record.get(timestamp.pos());
    return value instanceof Long millis ? millis : null;
  }

  /** Waits until Kafka has stored all records sent. */
  void flush() {
    producer.flush();
    throwIfRefused();
  }

  private void throwIfRefused() {
    Exception refusal = failure.get();
    if (refusal != null) {
      throw new CommandFailure(
          "topic " + topic + " did not take a record: " + refusal.getMessage(), refusal);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
