package io.nelbo.streams.trainer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongPredicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;

/**
 * The newest records of the window in the order of their event times, oldest first, undecoded.
 * Immutable, but for the arrays it hands out.
 *
 * <p>Taken on the stream thread: about a microsecond a record in the store, and no more memory than
 * the records it keeps, however many have gathered before the first model. Records of one time are
 * ordered by their source, so that the same window gives the same snapshot.
 */
final class WindowSnapshot {
  private static final Comparator<Row> OLDEST_FIRST =
      Comparator.comparingLong((Row row) -> row.timestamp).thenComparing(row -> row.source);

  private final List<Row> rows;

  private WindowSnapshot(List<Row> rows) {
    this.rows = rows;
  }

  /**
   * Takes a snapshot.
   *
   * @param learnable the event times of records that may be in it
   * @param atMost how many records to keep
   * @param duration how much older than the newest a record may be
   */
  static WindowSnapshot newest(
      ReadOnlyWindowStore<Bytes, byte[]> window,
      LongPredicate learnable,
      int atMost,
      Duration duration) {
    PriorityQueue<Row> newest = new PriorityQueue<>(OLDEST_FIRST);
    long last = Long.MIN_VALUE;
    try (KeyValueIterator<Windowed<Bytes>, byte[]> records = window.all()) {
      while (records.hasNext()) {
        KeyValue<Windowed<Bytes>, byte[]> record = records.next();
        Row row = new Row(record.key.window().start(), record.key.key(), record.value);
        last = Math.max(last, row.timestamp);
        if (learnable.test(row.timestamp)) {
          newest.add(row);
        }
        if (newest.size() > atMost) {
          newest.remove();
        }
      }
    }
    long first = last - duration.toMillis();
    List<Row> rows = new ArrayList<>(newest);
    rows.removeIf(row -> row.timestamp < first);
    Collections.sort(rows, OLDEST_FIRST);
    return new WindowSnapshot(rows);
  }

  int size() {
    return rows.size();
  }

  byte[] value(int row) {
    return rows.get(row).value;
  }

  Instant eventTime(int row) {
    return Instant.ofEpochMilli(rows.get(row).timestamp);
  }

  private static final class Row {
    final long timestamp;
    final Bytes source;
    final byte[] value;

    Row(long timestamp, Bytes source, byte[] value) {
      this.timestamp = timestamp;
      this.source = source;
      this.value = value;
    }
  }
}
