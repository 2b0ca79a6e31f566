package io.nelbo.streams.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.streams.input.TopicReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topic of model events, from its beginning, on a thread of its own. What it may not
 * read, or cannot, the page lacks and says so; nothing else comes of it.
 */
final class ModelEventReader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ModelEventReader.class);
  private static final int MOST_KEPT = 50;
  private static final long LOOK_SECONDS = 2;
  private static final long RETRY_SECONDS = 30;

  private final Map<String, Object> consumer;
  private final String topic;
  private final Deserializer<ModelEvent> deserializer =
      AvroSerde.of(ModelEvent.class).deserializer();
  private final Deque<ObjectNode> unread = new ArrayDeque<>();
  private final Map<Integer, Long> readUpTo = new HashMap<>();
  private final Thread thread = new Thread(this::run, "nelbo-page-events");
  private volatile @Nullable String trouble;

  ModelEventReader(Map<String, Object> consumer, String topic) {
    this.consumer = consumer;
    this.topic = topic;
    thread.setDaemon(true);
  }

  void start() {
    if (!consumer.isEmpty()) {
      thread.start();
    }
  }

  /** Returns what came since the last call, oldest first. */
  List<ObjectNode> take() {
    synchronized (unread) {
      List<ObjectNode> taken = new ArrayList<>(unread);
      unread.clear();
      return taken;
    }
  }

  /** Why there are no events to show; null if there is no reason. */
  @Nullable String trouble() {
    return trouble;
  }

  private void run() {
    try {
      while (true) {
        try (TopicReader reader = TopicReader.of(consumer, topic)) {
          follow(reader);
        } catch (InterruptException e) {
          return;
        } catch (KafkaException e) {
          String why = "model events cannot be read: " + e.getMessage();
          if (!why.equals(trouble)) {
            log.warn("the live page lacks the history of the models: {}", e.getMessage());
          }
          trouble = why;
          TimeUnit.SECONDS.sleep(RETRY_SECONDS);
        }
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private void follow(TopicReader reader) throws InterruptedException {
    while (true) {
      reader.readToEnd(this::take);
      trouble = null;
      TimeUnit.SECONDS.sleep(LOOK_SECONDS);
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    Long last = readUpTo.put(record.partition(), record.offset());
    if (last != null && record.offset() <= last) {
      readUpTo.put(record.partition(), last); // read before something went wrong
      return;
    }
    try {
      ModelEvent event = deserializer.deserialize(record.topic(), record.value());
      if (event != null) {
        synchronized (unread) {
          unread.add(TimelineJson.of(event));
          if (unread.size() > MOST_KEPT) {
            unread.removeFirst();
          }
        }
      }
    } catch (SerializationException e) {
      log.debug("a record of {} is of another Nelbo's making", topic, e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
