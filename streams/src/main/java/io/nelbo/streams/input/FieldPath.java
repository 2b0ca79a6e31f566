package io.nelbo.streams.input;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * The way from a record to one of its values: a position in each nested record, and at the end
 * possibly a key of a map or an index of an array.
 */
final class FieldPath {
  static final FieldPath ROOT = new FieldPath(new int[0], null, -1);

  private final int[] positions;
  private final @Nullable String key;
  private final int index;

  private FieldPath(int[] positions, @Nullable String key, int index) {
    this.positions = positions;
    this.key = key;
    this.index = index;
  }

  FieldPath field(int position) {
    int[] longer = Arrays.copyOf(positions, positions.length + 1);
    longer[positions.length] = position;
    return new FieldPath(longer, null, -1);
  }

  FieldPath key(String name) {
    return new FieldPath(positions, name, -1);
  }

  FieldPath index(int element) {
    return new FieldPath(positions, null, element);
  }

  /** Returns the value, or null where the record or anything on the way has none. */
  @Nullable Object value(IndexedRecord record) {
    Object value = record;
    for (int position : positions) {
      if (value == null) {
        return null;
      }
      value = ((IndexedRecord) value).get(position);
    }
    if (key != null && value != null) {
      return entry((Map<?, ?>) value, key);
    }
    if (index >= 0 && value != null) {
      List<?> list = (List<?>) value;
      return index < list.size() ? list.get(index) : null;
    }
    return value;
  }

  // Avro's keys are Utf8, or String where the schema says so; neither equals the other.
  private static @Nullable Object entry(Map<?, ?> map, String key) {
    Object value = map.get(new Utf8(key));
    return value != null ? value : map.get(key);
  }
}
