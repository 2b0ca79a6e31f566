package io.nelbo.streams.detector;

import io.nelbo.streams.input.BadRecordException;
import io.nelbo.streams.input.Reason;
import io.nelbo.streams.topics.HeaderNames;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that could not be scored, as they were, with the reason and their coordinates. Each
 * reason is logged at most once a minute, with how many records it has struck since. NOT thread
 * safe; one a task.
 */
final class DeadLetters {
  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
  private static final long LOG_EVERY_MS = 60_000;

  private final Map<Reason, Long> nextLogMs = new EnumMap<>(Reason.class);
  private final Map<Reason, Long> unlogged = new EnumMap<>(Reason.class);

  Record<byte[], Object> of(
      Record<byte[], byte[]> record, RecordMetadata source, BadRecordException fault, long nowMs) {
    log(source, fault, nowMs);
    Record<byte[], Object> letter = record.withValue(record.value());
    Headers headers = letter.headers();
    WindowRecords.set(headers, HeaderNames.REASON, fault.reason().name());
    WindowRecords.set(headers, HeaderNames.MESSAGE, String.valueOf(fault.getMessage()));
    WindowRecords.set(headers, HeaderNames.TOPIC, source.topic());
    WindowRecords.set(headers, HeaderNames.PARTITION, Integer.toString(source.partition()));
    WindowRecords.set(headers, HeaderNames.OFFSET, Long.toString(source.offset()));
    WindowRecords.set(headers, HeaderNames.TIMESTAMP, Long.toString(record.timestamp()));
    return letter;
  }

  private void log(RecordMetadata source, BadRecordException fault, long nowMs) {
    long silent = unlogged.merge(fault.reason(), 1L, Long::sum);
    if (nowMs < nextLogMs.getOrDefault(fault.reason(), Long.MIN_VALUE)) {
      return;
    }
    log.warn(
        "dead letter {} at offset {} of {}-{}: {} ({} since last said)",
        fault.reason(),
        source.offset(),
        source.topic(),
        source.partition(),
        fault.getMessage(),
        silent);
    nextLogMs.put(fault.reason(), nowMs + LOG_EVERY_MS);
    unlogged.put(fault.reason(), 0L);
  }
}
