package io.nelbo.streams.input;

import io.nelbo.model.feature.Column;
import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import io.nelbo.model.feature.Observations;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * How the records of one schema become observations of one list of features or columns, which are
 * found as {@link NamedFields} says. A feature that the schema lacks, or has as another kind, is
 * missing. NOT thread safe.
 */
final class ObservationPlan {
  private final Object target;
  private final String schemaName;
  private final @Nullable FeatureReader[] readers;
  private final @Nullable CategoryCodes[] codes;
  private final @Nullable Object[] values;
  private final double[] row;

  private ObservationPlan(Object target, Schema schema, int count) {
    this.target = target;
    schemaName = schema.getFullName();
    readers = new FeatureReader[count];
    codes = new CategoryCodes[count];
    values = new Object[count];
    row = new double[count];
  }

  static ObservationPlan of(Schema schema, Features features) {
    List<FeatureSpec> specs = features.specs();
    ObservationPlan plan = new ObservationPlan(features, schema, specs.size());
    Map<String, SchemaField> fields =
        NamedFields.find(schema, specs.stream().map(FeatureSpec::name).toList());
    for (int j = 0; j < specs.size(); j++) {
      FeatureSpec spec = specs.get(j);
      plan.readers[j] = reader(fields.get(spec.name()), spec.kind());
      if (spec.kind() == FeatureKind.CATEGORICAL) {
        plan.codes[j] = new CategoryCodes(spec.vocabulary());
      }
    }
    return plan;
  }

  static ObservationPlan of(Schema schema, List<Column> columns) {
    ObservationPlan plan = new ObservationPlan(columns, schema, columns.size());
    Map<String, SchemaField> fields =
        NamedFields.find(schema, columns.stream().map(Column::name).toList());
    for (int j = 0; j < columns.size(); j++) {
      plan.readers[j] = reader(fields.get(columns.get(j).name()), columns.get(j).kind());
    }
    return plan;
  }

  private static @Nullable FeatureReader reader(@Nullable SchemaField field, FeatureKind kind) {
    return field == null ? null : FeatureReader.of(field, kind);
  }

  /** Whether this plan was made for that very list of features or columns. */
  boolean isFor(Object features) {
    return target == features;
  }

  void observe(IndexedRecord record, double[] observation) throws BadRecordException {
    read(record, observation);
    for (int j = 0; j < codes.length; j++) {
      CategoryCodes vocabulary = codes[j];
      Object value = values[j];
      if (vocabulary != null && value != null) {
        observation[j] = vocabulary.code(value);
      }
    }
    Arrays.fill(values, null);
  }

  void addTo(Observations window, IndexedRecord record) throws BadRecordException {
    read(record, row);
    for (int j = 0; j < values.length; j++) {
      Object value = values[j];
      if (value != null) {
        row[j] = window.code(j, Category.of(value));
      }
    }
    window.add(row);
    Arrays.fill(values, null);
  }

  void check(IndexedRecord record) throws BadRecordException {
    read(record, row);
    Arrays.fill(values, null);
  }

  /** Writes numbers, and NaN where a value is missing; leaves categories in {@link #values}. */
  private void read(IndexedRecord record, double[] numbers) throws BadRecordException {
    boolean any = false;
    for (int j = 0; j < readers.length; j++) {
      FeatureReader reader = readers[j];
      Object value = reader == null ? null : reader.value(record);
      values[j] = null;
      numbers[j] = Double.NaN;
      if (reader != null && value != null) {
        any = true;
        if (reader.kind() == FeatureKind.CATEGORICAL) {
          values[j] = value;
        } else {
          numbers[j] = reader.number(value);
        }
      }
    }
    if (!any) {
      throw BadRecordException.noFeature(readers.length, schemaName);
    }
  }
}
