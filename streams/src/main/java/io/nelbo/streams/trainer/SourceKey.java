package io.nelbo.streams.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nelbo.streams.topics.HeaderNames;
import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The key of a window record: partition and offset of the input record it is a copy of, twelve
 * bytes, big-endian. A record that comes a second time overwrites itself.
 */
final class SourceKey {
  private SourceKey() {}

  /** Returns the key, or null if the headers do not say where the record came from. */
  static @Nullable Bytes of(Headers headers) {
    Header partition = headers.lastHeader(HeaderNames.PARTITION);
    Header offset = headers.lastHeader(HeaderNames.OFFSET);
    if (partition == null || offset == null) {
      return null;
    }
    try {
      return Bytes.wrap(
          ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
              .putInt(Integer.parseInt(new String(partition.value(), UTF_8)))
              .putLong(Long.parseLong(new String(offset.value(), UTF_8)))
              .array());
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
