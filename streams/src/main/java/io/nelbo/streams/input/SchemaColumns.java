package io.nelbo.streams.input;

import io.nelbo.model.feature.Column;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * What the fields of a schema are to a model.
 *
 * @param columns the features, in the schema's order
 * @param labels fields marked as the truth about a record, never features
 * @param leftOut the other fields, and why they are no features
 * @param problems what was asked for and cannot be had: one sentence each
 */
public record SchemaColumns(
    List<Column> columns, List<String> labels, Map<String, String> leftOut, List<String> problems) {
  public static SchemaColumns of(Schema schema, FeatureSelection selection) {
    throw new UnsupportedOperationException();
  }

  /**
   * Returns the columns of a window whose records were written with several schemas: a column that
   * one of them lacks may be missing; where they differ in kind, the last one is right.
   *
   * @param schemas oldest first
   */
  public static List<Column> union(Collection<Schema> schemas, FeatureSelection selection) {
    throw new UnsupportedOperationException();
  }
}
