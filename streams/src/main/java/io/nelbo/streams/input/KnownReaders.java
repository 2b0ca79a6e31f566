package io.nelbo.streams.input;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Readers by fingerprint or id: few, asked for at every record, without boxing. NOT thread safe.
 */
final class KnownReaders {
  private long[] keys = new long[4];
  private ValueReader[] readers = new ValueReader[4];
  private int count;

  @Nullable ValueReader get(long key) {
    for (int i = 0; i < count; i++) {
      if (keys[i] == key) {
        return readers[i];
      }
    }
    return null;
  }

  ValueReader put(long key, ValueReader reader) {
    if (count == readers.length) {
      keys = Arrays.copyOf(keys, 2 * count);
      readers = Arrays.copyOf(readers, 2 * count);
    }
    keys[count] = key;
    readers[count++] = reader;
    return reader;
  }
}
