package io.nelbo.streams.input;

import io.nelbo.model.feature.Column;
import io.nelbo.model.feature.FeatureKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Decides field by field what is a feature; see {@link SchemaColumns} for the rules. */
final class ColumnChoice {
  private static final String CONTINUOUS = "continuous";
  private static final String CATEGORICAL = "categorical";

  private final String schemaName;
  private final List<SchemaField> fields;
  private final FeatureSelection selection;
  private final List<Column> columns = new ArrayList<>();
  private final Map<String, List<String>> aliases = new LinkedHashMap<>();
  private final List<String> labels = new ArrayList<>();
  private final Map<String, String> leftOut = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  ColumnChoice(Schema schema, FeatureSelection selection) {
    this.selection = selection;
    schemaName = schema.getFullName();
    fields = new ArrayList<>(SchemaField.of(schema));
  }

  SchemaColumns choose() {
    addListedElements();
    fields.forEach(this::choose);
    reportUnknown("features.include", selection.include());
    reportUnknown("features.exclude", selection.exclude());
    reportUnknown("features.categorical", selection.categorical());
    return new SchemaColumns(columns, aliases, labels, leftOut, problems);
  }

  // A map or an array has no features of its own, but its entries can be asked for by name.
  private void addListedElements() {
    Set<String> listed = new LinkedHashSet<>(selection.include());
    listed.addAll(selection.categorical());
    listed.removeIf(name -> fields.stream().anyMatch(field -> field.isKnownAs(name)));
    List<SchemaField> elements = new ArrayList<>();
    for (String name : listed) {
      for (SchemaField field : fields) {
        SchemaField element = field.element(name);
        if (element != null) {
          elements.add(element);
          break;
        }
      }
    }
    fields.addAll(elements);
  }

  private void choose(SchemaField field) {
    String name = field.name();
    boolean asCategory = selection.categorical().stream().anyMatch(field::isKnownAs);
    boolean listed = asCategory || selection.include().stream().anyMatch(field::isKnownAs);
    if (SchemaField.LABEL.equals(field.property())) {
      labels.add(name);
      if (listed) {
        problems.add(name + " is marked as a label in " + schemaName + " and is never a feature");
      }
    } else if (covers(selection.exclude(), field)) {
      leftOut.put(name, "excluded");
      if (listed) {
        problems.add(name + " is both listed and in features.exclude, which wins");
      }
    } else if (!selection.include().isEmpty() && !covers(selection.include(), field)) {
      leftOut.put(name, "not in features.include");
      if (asCategory) {
        problems.add("features.categorical names " + name + ", which features.include lacks");
      }
    } else if (SchemaField.IGNORE.equals(field.property()) && !listed) {
      leftOut.put(name, "marked ignore");
    } else {
      add(field, kind(field, listed, asCategory));
    }
  }

  private void add(SchemaField field, @Nullable FeatureKind kind) {
    if (kind == null) {
      leftOut.put(field.name(), field.type().description());
    } else {
      columns.add(new Column(field.name(), kind, field.mayBeMissing()));
      aliases.put(field.name(), field.aliases());
    }
  }

  private @Nullable FeatureKind kind(SchemaField field, boolean listed, boolean asCategory) {
    if (asCategory) {
      return asked(field, FeatureKind.CATEGORICAL, "features.categorical names ");
    }
    String property = field.property();
    if (CATEGORICAL.equals(property)) {
      return asked(field, FeatureKind.CATEGORICAL, "its \"nelbo\" property makes categorical ");
    }
    if (CONTINUOUS.equals(property)) {
      return asked(field, FeatureKind.CONTINUOUS, "its \"nelbo\" property makes continuous ");
    }
    if (property != null && !property.equals(SchemaField.IGNORE)) {
      problems.add(
          "the \"nelbo\" property of "
              + field.name()
              + " must be ignore, continuous, categorical or label, was "
              + property);
    }
    FeatureKind natural = field.type().natural();
    if (natural != null || !listed) {
      return natural;
    }
    FeatureKind kind = field.type().listed();
    if (kind == null) {
      problems.add(
          "features.include names "
              + field.name()
              + ", which is "
              + field.type().description()
              + " and cannot be a feature");
    }
    return kind;
  }

  private @Nullable FeatureKind asked(SchemaField field, FeatureKind kind, String who) {
    if (field.type().canBe(kind)) {
      return kind;
    }
    problems.add(
        who
            + field.name()
            + ", which is "
            + field.type().description()
            + " and cannot be "
            + (kind == FeatureKind.CATEGORICAL ? CATEGORICAL : CONTINUOUS));
    return field.type().natural();
  }

  private void reportUnknown(String setting, List<String> names) {
    for (String name : names) {
      boolean known = fields.stream().anyMatch(f -> covers(List.of(name), f));
      if (!known) {
        problems.add(setting + " names " + name + ", which is no field of " + schemaName);
      }
    }
    if (setting.endsWith(CATEGORICAL)) {
      for (String name : names) {
        boolean record =
            fields.stream().flatMap(SchemaField::names).anyMatch(f -> f.startsWith(name + "."));
        if (record && fields.stream().noneMatch(f -> f.isKnownAs(name))) {
          problems.add(setting + " names " + name + ", which is a record: name its fields");
        }
      }
    }
  }

  private static boolean covers(List<String> names, SchemaField field) {
    return names.stream()
        .anyMatch(name -> field.names().anyMatch(f -> (f + ".").startsWith(name + ".")));
  }
}
