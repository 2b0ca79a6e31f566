package io.nelbo.streams.input;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record's value and the schema it was written with.
 *
 * @param fingerprint CRC-64-AVRO of the schema
 */
public record Decoded(Schema writer, GenericRecord record, long fingerprint) {
  /** Returns the category of a feature as the record has it, or null if it has none. */
  public @Nullable String category(String feature) {
    SchemaField field = NamedFields.find(writer, List.of(feature)).get(feature);
    Object value = field == null ? null : field.path().value(record);
    return value == null ? null : Category.of(value);
  }
}
