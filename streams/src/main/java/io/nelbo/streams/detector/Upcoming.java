package io.nelbo.streams.detector;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The records of a partition that this thread has polled and not yet processed. Kafka Streams hands
 * a processor one record after the other; this lets it look ahead at what will be handed to it
 * next. A record may never be: its offset and value say whether it is the one that was looked at.
 *
 * <p>What a thread polls only that thread sees.
 */
final class Upcoming {
  private static final ThreadLocal<Map<TopicPartition, Upcoming>> POLLED =
      ThreadLocal.withInitial(HashMap::new);

  private final ArrayDeque<List<ConsumerRecord<byte[], byte[]>>> polls = new ArrayDeque<>();
  private int first; // in the first of the polls
  private long last = -1;

  private Upcoming() {}

  /** Takes what this thread has polled. */
  static void polled(ConsumerRecords<byte[], byte[]> records) {
    for (TopicPartition partition : records.partitions()) {
      of(partition).add(records.records(partition));
    }
  }

  /** What is upcoming of a partition on this thread. */
  static Upcoming of(TopicPartition partition) {
    return POLLED.get().computeIfAbsent(partition, none -> new Upcoming());
  }

  /** Forgets what is upcoming of a partition that this thread has given away. */
  static void forget(TopicPartition partition) {
    POLLED.get().remove(partition);
  }

  private void add(List<ConsumerRecord<byte[], byte[]>> poll) {
    if (poll.isEmpty()) {
      return; // another interceptor left nothing of it
    }
    if (poll.get(0).offset() <= last) {
      polls.clear(); // went back to an earlier offset
      first = 0;
    }
    polls.add(poll);
    last = poll.get(poll.size() - 1).offset();
  }

  /**
   * Drops all records up to one, so that the one that comes after it is the first. Returns whether
   * it was among them; if not, what comes next need not be what is upcoming.
   */
  boolean dropTo(long offset, byte @Nullable [] value) {
    boolean found = false;
    for (List<ConsumerRecord<byte[], byte[]>> poll = polls.peek();
        poll != null;
        poll = polls.peek()) {
      while (first < poll.size() && poll.get(first).offset() <= offset) {
        found = poll.get(first).offset() == offset && poll.get(first).value() == value;
        first++;
      }
      if (first < poll.size()) {
        return found;
      }
      polls.remove();
      first = 0;
    }
    return found;
  }

  /** Returns the record that is so many after the first; null if it is not polled yet. */
  @Nullable ConsumerRecord<byte[], byte[]> get(int ahead) {
    int at = first + ahead;
    for (List<ConsumerRecord<byte[], byte[]>> poll : polls) {
      if (at < poll.size()) {
        return poll.get(at);
      }
      at -= poll.size();
    }
    return null;
  }
}
