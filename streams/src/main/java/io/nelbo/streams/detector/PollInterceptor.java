package io.nelbo.streams.detector;

import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Tells {@link Upcoming} what the detector's consumer polls. Without it the detector scores record
 * by record, at the same scores. Public because Kafka makes it.
 */
public final class PollInterceptor implements ConsumerInterceptor<byte[], byte[]> {
  private static final String KEY = ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG;

  /** Adds it to the interceptors, if any, that the user has set for the main consumer. */
  public static void addTo(Properties streams) {
    Object users =
        Stream.of(StreamsConfig.MAIN_CONSUMER_PREFIX, StreamsConfig.CONSUMER_PREFIX, "")
            .map(prefix -> streams.get(prefix + KEY))
            .filter(classes -> classes != null && !classes.toString().isBlank())
            .findFirst()
            .orElse("");
    streams.put(
        StreamsConfig.MAIN_CONSUMER_PREFIX + KEY,
        Stream.of(users.toString(), PollInterceptor.class.getName())
            .filter(classes -> !classes.isEmpty())
            .collect(Collectors.joining(",")));
  }

  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
    Upcoming.polled(records);
    return records;
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

  @Override
  public void configure(Map<String, ?> configs) {}

  @Override
  public void close() {}
}
