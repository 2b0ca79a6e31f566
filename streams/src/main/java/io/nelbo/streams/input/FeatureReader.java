package io.nelbo.streams.input;

import io.nelbo.model.feature.FeatureKind;
import org.apache.avro.LogicalTypes;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Reads one feature from the records of one schema. */
final class FeatureReader {
  private final SchemaField field;
  private final FeatureKind kind;
  private final int scale;

  private FeatureReader(SchemaField field, FeatureKind kind) {
    this.field = field;
    this.kind = kind;
    scale =
        field.type() == FieldType.DECIMAL
            ? ((LogicalTypes.Decimal) field.branches().get(0).getLogicalType()).getScale()
            : 0;
  }

  /** Returns the reader of a field, or null if the field cannot be read as that kind. */
  static @Nullable FeatureReader of(SchemaField field, FeatureKind kind) {
    return field.type().canBe(kind) ? new FeatureReader(field, kind) : null;
  }

  FeatureKind kind() {
    return kind;
  }

  /** Returns the value as Avro holds it, or null if it is missing. */
  @Nullable Object value(IndexedRecord record) {
    return field.path().value(record);
  }

  /** Returns the number of a continuous value, 0 or 1 of a binary one. */
  double number(Object value) throws BadRecordException {
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    double number = value instanceof Number held ? held.doubleValue() : decimal(value);
    if (!Double.isFinite(number)) {
      throw BadRecordException.notFinite(field.name(), number);
    }
    return number;
  }

  private double decimal(Object value) {
    byte[] bytes = Category.bytes(value);
    return Decimals.nearest(bytes, 0, bytes.length, scale);
  }
}
