package io.nelbo.streams.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/**
 * The schema that fits the records of several files which each have one, of the same fields: a
 * field that one of them may miss, may be missing; of two kinds of number the wider one holds both,
 * 0 and 1 included where a file has nothing else; of a text and something else the text.
 */
final class JointSchema {
  private static final List<Schema.Type> NUMBERS =
      List.of(
          Schema.Type.BOOLEAN,
          Schema.Type.INT,
          Schema.Type.LONG,
          Schema.Type.FLOAT,
          Schema.Type.DOUBLE);

  private JointSchema() {}

  /**
   * Joins the schemas of records.
   *
   * @throws IllegalArgumentException if a field is of types that have nothing in common
   */
  static Schema of(List<Schema> schemas) {
    Map<String, Schema.Field> fields = new LinkedHashMap<>();
    for (Schema schema : schemas) {
      for (Schema.Field field : schema.getFields()) {
        Schema.Field known = fields.get(field.name());
        fields.put(field.name(), known == null ? copy(field, field.schema()) : join(known, field));
      }
    }
    Schema first = schemas.get(0);
    return Schema.createRecord(
        first.getName(), null, first.getNamespace(), false, List.copyOf(fields.values()));
  }

  private static Schema.Field join(Schema.Field one, Schema.Field other) {
    Schema wider = wider(one, other);
    boolean missing = one.schema().isNullable() || other.schema().isNullable();
    Schema.Field joint = copy(one, missing ? nullable(wider) : wider);
    other
        .getObjectProps()
        .forEach(
            (key, value) -> {
              if (joint.getObjectProp(key) == null) {
                joint.addProp(key, value);
              }
            });
    return joint;
  }

  private static Schema wider(Schema.Field one, Schema.Field other) {
    Schema a = value(one);
    Schema b = value(other);
    if (a.equals(b)) {
      return a;
    }
    int rankOfA = a.getLogicalType() == null ? NUMBERS.indexOf(a.getType()) : -1;
    int rankOfB = b.getLogicalType() == null ? NUMBERS.indexOf(b.getType()) : -1;
    if (rankOfA >= 0 && rankOfB >= 0) {
      return rankOfA > rankOfB ? a : b;
    }
    if (a.getType() == Schema.Type.STRING || b.getType() == Schema.Type.STRING) {
      return Schema.create(Schema.Type.STRING);
    }
    throw new IllegalArgumentException(
        "column " + one.name() + " is " + a + " in one file and " + b + " in another");
  }

  /** The type of a field, apart from whether it may be null. */
  private static Schema value(Schema.Field field) {
    Schema schema = field.schema();
    if (schema.getType() != Schema.Type.UNION || !schema.isNullable()) {
      return schema;
    }
    List<Schema> values =
        schema.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    return values.size() == 1 ? values.get(0) : Schema.createUnion(values);
  }

  private static Schema nullable(Schema schema) {
    return Schema.createUnion(Schema.create(Schema.Type.NULL), schema);
  }

  private static Schema.Field copy(Schema.Field field, Schema schema) {
    Schema.Field copy =
        schema.isNullable()
            ? new Schema.Field(
                field.name(), schema, field.doc(), (Object) JsonProperties.NULL_VALUE)
            : new Schema.Field(field.name(), schema, field.doc());
    field.getObjectProps().forEach(copy::addProp);
    return copy;
  }
}
