package io.nelbo.streams.input;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schemas on the schemas topic (key: the fingerprint, 8 bytes, big-endian; value: the schema's
 * JSON). Read when an unknown fingerprint is asked for; one that is still unknown then is asked for
 * again at most every five seconds. The consumer is made at the first need.
 */
public final class TopicSchemas implements SchemaSource {
  static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** A stream of garbage must not fill the heap with fingerprints that nobody knows. */
  private static final int MAX_UNKNOWN = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(TopicSchemas.class);

  private final Supplier<TopicReader> connect;
  private final LongSupplier nanoTime;
  private final Map<Long, Schema> known = new ConcurrentHashMap<>();
  // The rest is guarded by this.
  private final Map<Long, Long> askedAt = new HashMap<>();
  private @Nullable TopicReader reader;

  /**
   * Reads the topic as a client with these settings.
   *
   * @param client settings of a Kafka consumer: bootstrap.servers, security and the like
   */
  public TopicSchemas(Map<String, Object> client, String topic) {
    this(() -> TopicReader.of(client, topic), System::nanoTime);
  }

  TopicSchemas(Supplier<TopicReader> connect, LongSupplier nanoTime) {
    this.connect = connect;
    this.nanoTime = nanoTime;
  }

  @Override
  public @Nullable Schema find(long fingerprint) {
    Schema schema = known.get(fingerprint);
    return schema != null ? schema : lookUp(fingerprint);
  }

  private synchronized @Nullable Schema lookUp(long fingerprint) {
    long now = nanoTime.getAsLong();
    Long asked = askedAt.get(fingerprint);
    if (!known.containsKey(fingerprint) && (asked == null || now - asked >= RETRY_NANOS)) {
      refresh();
      if (known.containsKey(fingerprint)) {
        askedAt.remove(fingerprint);
      } else {
        if (askedAt.size() >= MAX_UNKNOWN) {
          askedAt.clear();
        }
        askedAt.put(fingerprint, now);
      }
    }
    return known.get(fingerprint);
  }

  private void refresh() {
    if (reader == null) {
      reader = connect.get();
    }
    try {
      reader.readToEnd(this::learn);
    } catch (KafkaException e) {
      // The place reached in the topic is not known now: read it anew next time.
      close();
      throw e;
    }
  }

  private void learn(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      String json = new String(record.value(), StandardCharsets.UTF_8);
      Schema schema = FixedSchemas.parser().parse(json);
      long fingerprint = SchemaNormalization.parsingFingerprint64(schema);
      if (record.key() == null
          || record.key().length != Long.BYTES
          || ByteBuffer.wrap(record.key()).getLong() != fingerprint) {
        warn(record, "its key is not the fingerprint of " + schema.getFullName());
      } else {
        // Properties such as "nelbo" are no part of the fingerprint: the latest ones count.
        known.put(fingerprint, schema);
      }
    } catch (AvroRuntimeException e) {
      warn(record, "its value is no Avro schema");
    }
  }

  private static void warn(ConsumerRecord<byte[], byte[]> record, String why) {
    LOG.warn(
        "Left out what is no schema: topic={} partition={} offset={} why={}",
        record.topic(),
        record.partition(),
        record.offset(),
        why);
  }

  @Override
  public synchronized void close() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
