package io.nelbo.streams.cli;

import java.util.Locale;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Reads the label of a record: is it an anomaly? */
final class Truth {
  private static final Set<String> NORMAL =
      Set.of("", "0", "0.0", "false", "f", "no", "n", "normal", "benign", "ok");

  private final Schema.Field field;

  Truth(Schema.Field field) {
    this.field = field;
  }

  /**
   * Returns whether the record is an anomaly: unless its label is 0, false, no, normal, benign or
   * ok.
   *
   * @throws IllegalArgumentException if it has no label
   */
  boolean isAnomaly(GenericRecord record) {
    Object label = record.get(field.pos());
    if (label == null) {
      throw new IllegalArgumentException("label " + field.name() + " is missing");
    }
    if (label instanceof Number number) {
      return number.doubleValue() != 0;
    }
    return !NORMAL.contains(label.toString().strip().toLowerCase(Locale.ROOT));
  }
}
