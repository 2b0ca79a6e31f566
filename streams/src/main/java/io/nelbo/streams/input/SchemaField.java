package io.nelbo.streams.input;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A field of a schema, nested records flattened: {@code pump.flow} is the field flow of the record
 * in field pump.
 *
 * @param branches what its values can be, null left out
 * @param mayBeMissing whether it, or a record on the way to it, can be null
 * @param property the {@code "nelbo"} property: the field's own, else an ignore or label of a
 *     record on the way
 */
record SchemaField(
    String name,
    FieldPath path,
    List<Schema> branches,
    FieldType type,
    boolean mayBeMissing,
    @Nullable String property) {
  static final String PROPERTY = "nelbo";
  static final String IGNORE = "ignore";
  static final String LABEL = "label";

  /**
   * Lists the fields of a record in its order.
   *
   * @throws IllegalArgumentException if the schema is not that of a record
   */
  static List<SchemaField> of(Schema schema) {
    if (schema.getType() != Schema.Type.RECORD) {
      throw new IllegalArgumentException(
          "records need the schema of a record, was " + schema.getType().getName());
    }
    List<SchemaField> fields = new ArrayList<>();
    flatten(schema, "", FieldPath.ROOT, false, null, new HashSet<>(), fields);
    return fields;
  }

  private static void flatten(
      Schema record,
      String prefix,
      FieldPath path,
      boolean mayBeMissing,
      @Nullable String inherited,
      Set<String> enclosing,
      List<SchemaField> fields) {
    enclosing.add(record.getFullName());
    for (Schema.Field field : record.getFields()) {
      String name = prefix + field.name();
      FieldPath here = path.field(field.pos());
      List<Schema> branches = branches(field.schema());
      boolean nullable = mayBeMissing || isNullable(field.schema());
      String own = field.getProp(PROPERTY);
      String property = own != null ? own : inherited;
      if (isOneRecord(branches) && !enclosing.contains(branches.get(0).getFullName())) {
        boolean passesOn = IGNORE.equals(property) || LABEL.equals(property);
        flatten(
            branches.get(0),
            name + ".",
            here,
            nullable,
            passesOn ? property : null,
            enclosing,
            fields);
      } else {
        fields.add(
            new SchemaField(name, here, branches, FieldType.of(branches), nullable, property));
      }
    }
    enclosing.remove(record.getFullName());
  }

  static boolean isOneRecord(List<Schema> branches) {
    return branches.size() == 1 && branches.get(0).getType() == Schema.Type.RECORD;
  }

  /** What values of a schema can be, null left out. */
  static List<Schema> branches(Schema schema) {
    return schema.isUnion()
        ? schema.getTypes().stream().filter(s -> s.getType() != Schema.Type.NULL).toList()
        : schema.getType() == Schema.Type.NULL ? List.of() : List.of(schema);
  }

  private static boolean isNullable(Schema schema) {
    return schema.getType() == Schema.Type.NULL || schema.isNullable();
  }

  /**
   * Returns an entry of this map or an element of this array as a field of its own, such as {@code
   * metrics.load} or {@code axes.0}, or null if the name is not one.
   */
  @Nullable SchemaField element(String elementName) {
    if (branches.size() != 1 || !elementName.startsWith(name + ".")) {
      return null;
    }
    String key = elementName.substring(name.length() + 1);
    Schema schema = branches.get(0);
    if (schema.getType() == Schema.Type.MAP) {
      return element(elementName, path.key(key), schema.getValueType());
    }
    if (schema.getType() == Schema.Type.ARRAY && key.matches("0|[1-9][0-9]{0,5}")) {
      return element(elementName, path.index(Integer.parseInt(key)), schema.getElementType());
    }
    return null;
  }

  private SchemaField element(String elementName, FieldPath elementPath, Schema schema) {
    List<Schema> types = branches(schema);
    return new SchemaField(elementName, elementPath, types, FieldType.of(types), true, property);
  }
}
