package io.nelbo.streams.input;

import io.nelbo.model.feature.Column;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/**
 * What the fields of a schema are to a model.
 *
 * <p>Numbers, decimals included, are continuous, booleans binary, enums categorical; a union with
 * null may be missing; nested records are flattened with dots. Strings and bytes are categorical,
 * dates and times continuous (the bare number), but only when listed in {@code features.include} or
 * {@code features.categorical} or when the field's {@code "nelbo"} property says so. Integers and
 * booleans may be listed as categorical. Arrays and maps are no features; a listed entry such as
 * {@code metrics.load} or {@code axes.0} is. A property {@code "ignore"} leaves a field out unless
 * it is listed, {@code "label"} always; {@code features.exclude} beats all. A setting that names a
 * field's alias names the field, unless another has that name.
 *
 * @param columns the features, in the schema's order, listed entries of maps and arrays last
 * @param aliases what else the columns' fields were called, by the columns' names
 * @param labels fields marked as the truth about a record, never features
 * @param leftOut the other fields, and why they are no features
 * @param problems what was asked for and cannot be had: one sentence each
 */
public record SchemaColumns(
    List<Column> columns,
    Map<String, List<String>> aliases,
    List<String> labels,
    Map<String, String> leftOut,
    List<String> problems) {
  public SchemaColumns {
    columns = List.copyOf(columns);
    aliases = Map.copyOf(aliases);
    labels = List.copyOf(labels);
    leftOut = Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
    problems = List.copyOf(problems);
  }

  /**
   * Decides what each field of a schema is under a selection.
   *
   * @throws IllegalArgumentException if the schema is not that of a record
   */
  public static SchemaColumns of(Schema schema, FeatureSelection selection) {
    return new ColumnChoice(schema, selection).choose();
  }

  /**
   * Returns the columns of a window whose records were written with several schemas: a column that
   * one of them lacks may be missing; where they differ in kind, the last one is right. A field
   * that was renamed goes by its {@linkplain FormerNames former name}.
   *
   * @param schemas oldest first
   */
  public static List<Column> union(Collection<Schema> schemas, FeatureSelection selection) {
    List<List<Column>> each =
        FormerNames.restore(schemas.stream().map(s -> of(s, selection)).toList());
    Map<String, Column> union = new LinkedHashMap<>();
    for (List<Column> columns : each) {
      columns.forEach(column -> union.merge(column.name(), column, SchemaColumns::merge));
    }
    for (List<Column> columns : each) {
      Set<String> present = columns.stream().map(Column::name).collect(Collectors.toSet());
      union.replaceAll(
          (name, column) ->
              present.contains(name) ? column : new Column(name, column.kind(), true));
    }
    return List.copyOf(union.values());
  }

  private static Column merge(Column older, Column newer) {
    boolean mayBeMissing =
        older.mayBeMissing() || newer.mayBeMissing() || older.kind() != newer.kind();
    return new Column(newer.name(), newer.kind(), mayBeMissing);
  }
}
