package io.nelbo.streams.input;

import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The schemas on the schemas topic (key: the fingerprint, 8 bytes, big-endian; value: the schema's
 * JSON). Read when an unknown fingerprint is asked for; one that is still unknown then is asked for
 * again at most every five seconds.
 */
public final class TopicSchemas implements SchemaSource {
  /**
   * @param client settings of a Kafka consumer: bootstrap.servers, security and the like
   */
  public TopicSchemas(Map<String, Object> client, String topic) {}

  @Override
  public @Nullable Schema find(long fingerprint) {
    throw new UnsupportedOperationException();
  }
}
