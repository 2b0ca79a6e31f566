package io.nelbo.streams.input;

import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.Schema;

/**
 * The way from bytes written with one schema to the observation of one model's features, without an
 * object in between: a {@link Step} for every field, which reads it into its feature's slot or
 * passes over it. It takes and refuses what Avro's own reader followed by an {@link
 * ObservationPlan} does. NOT thread safe.
 */
final class DecodePlan {
  private final Features features;
  private final String schemaName;
  private final Step step;
  private final AvroBytes in = new AvroBytes();
  private final Row row = new Row();

  private DecodePlan(Features features, String schemaName, Step step) {
    this.features = features;
    this.schemaName = schemaName;
    this.step = step;
  }

  static DecodePlan of(Schema schema, Features features) {
    Step step =
        eachBranch(
            schema,
            branch ->
                branch.getType() == Schema.Type.RECORD
                    ? new Fields(branch, features).all()
                    : new Skip().over(branch));
    return new DecodePlan(features, schema.getFullName(), step);
  }

  private static Step eachBranch(Schema schema, Function<Schema, Step> read) {
    return schema.isUnion()
        ? Skip.union(
            schema.getTypes().stream()
                .map(b -> b.getType() == Schema.Type.NULL ? new Skip().over(b) : read.apply(b))
                .toList())
        : read.apply(schema);
  }

  /** Whether this plan was made for those very features. */
  boolean isFor(Features other) {
    return features == other;
  }

  /**
   * Reads a value that takes all bytes from the offset on.
   *
   * @throws BadRecordException UNDECODABLE with no more than why, NOT_FINITE, NO_FEATURE
   */
  void observe(byte[] bytes, int offset, double[] observation) throws BadRecordException {
    in.reset(bytes, offset);
    row.reset(observation);
    step.run(in, row);
    in.requireEnd();
    int notFinite = row.notFinite();
    if (notFinite != Row.NONE) {
      throw BadRecordException.notFinite(
          features.specs().get(notFinite).name(), row.value(notFinite));
    }
    if (row.isEmpty()) {
      throw BadRecordException.noFeature(features.count(), schemaName);
    }
  }

  /** Makes the steps of one record type's fields, nested ones included. */
  private static final class Fields {
    private final Schema schema;

    // By their names in this schema.
    private final Map<String, Read> wanted = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Skip skip = new Skip();

    Fields(Schema schema, Features features) {
      this.schema = schema;
      List<FeatureSpec> specs = features.specs();
      Map<String, SchemaField> fields =
          NamedFields.find(schema, specs.stream().map(FeatureSpec::name).toList());
      for (int j = 0; j < specs.size(); j++) {
        SchemaField field = fields.get(specs.get(j).name());
        if (field != null) {
          wanted.put(field.name(), new Read(j, specs.get(j), field.name()));
        }
      }
      SchemaField.of(schema).forEach(field -> names.add(field.name()));
    }

    Step all() {
      return record(schema, "", new HashSet<>());
    }

    private Step record(Schema record, String prefix, Set<String> enclosing) {
      enclosing.add(record.getFullName());
      List<Step> steps = new ArrayList<>();
      List<Integer> doubles = new ArrayList<>();
      for (Schema.Field field : record.getFields()) {
        Read read = wanted.get(prefix + field.name());
        if (read != null && read.isPlainDouble(field.schema())) {
          wanted.remove(read.name());
          doubles.add(read.slot());
        } else {
          endRun(doubles, steps);
          steps.add(field(field.schema(), prefix + field.name(), enclosing));
        }
      }
      endRun(doubles, steps);
      enclosing.remove(record.getFullName());
      Step[] all = steps.toArray(Step[]::new);
      return (in, row) -> Skip.runAll(all, in, row);
    }

    private static void endRun(List<Integer> doubles, List<Step> steps) {
      if (!doubles.isEmpty()) {
        steps.add(Read.doubles(doubles.stream().mapToInt(Integer::intValue).toArray()));
        doubles.clear();
      }
    }

    private Step field(Schema schema, String name, Set<String> enclosing) {
      List<Schema> branches = SchemaField.branches(schema);
      if (SchemaField.isOneRecord(branches) && !enclosing.contains(branches.get(0).getFullName())) {
        return eachBranch(schema, record -> record(record, name + ".", enclosing));
      }
      Read read = wanted.remove(name);
      if (read != null) {
        return value(schema, read);
      }
      List<Read> elements = branches.size() == 1 ? elementsOf(name) : List.of();
      return elements.isEmpty()
          ? skip.over(schema)
          : eachBranch(schema, branch -> collection(branch, name, elements));
    }

    private Step value(Schema schema, Read read) {
      return FieldType.of(SchemaField.branches(schema)).canBe(read.feature().kind())
          ? eachBranch(schema, read::of)
          : skip.over(schema);
    }

    /** The features that are entries or elements of a field, and no fields themselves. */
    private List<Read> elementsOf(String name) {
      List<Read> elements = new ArrayList<>();
      for (Read read : wanted.values()) {
        if (read.name().startsWith(name + ".") && !names.contains(read.name())) {
          elements.add(read);
        }
      }
      return elements;
    }

    private Step collection(Schema branch, String name, List<Read> elements) {
      Elements steps = new Elements(branch, name.length() + 1);
      if (!steps.isCollection()) {
        return skip.over(branch);
      }
      Step other = skip.over(steps.item());
      for (Read read : elements) {
        if (steps.add(read, value(steps.item(), read))) {
          wanted.remove(read.name());
        }
      }
      return steps.step(other);
    }
  }
}
