package io.nelbo.streams.input;

import java.util.Collection;
import java.util.Map;
import org.apache.avro.Schema;

/** Puts schemas on the schemas topic, where readers of single-object values look them up. */
public final class SchemaPublisher {
  private SchemaPublisher() {}

  /**
   * Publishes the schemas that are not on the topic yet, and waits until they are stored.
   *
   * @param client settings of a Kafka client: bootstrap.servers, security and the like
   * @return how many were new
   * @throws org.apache.kafka.common.KafkaException if the topic cannot be read or written
   */
  public static int publish(Map<String, Object> client, String topic, Collection<Schema> schemas) {
    throw new UnsupportedOperationException();
  }
}
