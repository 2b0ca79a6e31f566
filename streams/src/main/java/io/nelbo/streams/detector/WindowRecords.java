package io.nelbo.streams.detector;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nelbo.streams.topics.HeaderNames;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Records on their way to the window: as they were, with their coordinates and their p-value. */
final class WindowRecords {
  private WindowRecords() {}

  static Record<byte[], Object> unscored(Record<byte[], byte[]> record, RecordMetadata source) {
    Record<byte[], Object> copy = record.withValue(record.value());
    set(copy.headers(), HeaderNames.PARTITION, Integer.toString(source.partition()));
    set(copy.headers(), HeaderNames.OFFSET, Long.toString(source.offset()));
    copy.headers().remove(HeaderNames.P_VALUE).remove(HeaderNames.MODEL_VERSION);
    return copy;
  }

  static Record<byte[], Object> scored(
      Record<byte[], byte[]> record, RecordMetadata source, Scored scored) {
    Record<byte[], Object> copy = unscored(record, source);
    set(copy.headers(), HeaderNames.P_VALUE, Double.toString(scored.pValue()));
    set(copy.headers(), HeaderNames.MODEL_VERSION, Long.toString(scored.model().getVersion()));
    return copy;
  }

  /** Sets a header; one of that name that came with the record, perhaps from a replay, goes. */
  static void set(Headers headers, String name, String value) {
    headers.remove(name).add(name, value.getBytes(UTF_8));
  }
}
