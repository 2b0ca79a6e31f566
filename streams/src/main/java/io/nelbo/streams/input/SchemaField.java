package io.nelbo.streams.input;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A field of a schema, nested records flattened: {@code pump.flow} is the field flow of the record
 * in field pump.
 *
 * @param aliases the other names it goes by: those of the schema's aliases, on the way to it too,
 *     that no field has for its own and no field before it goes by
 * @param branches what its values can be, null left out
 * @param mayBeMissing whether it, or a record on the way to it, can be null
 * @param property the {@code "nelbo"} property: the field's own, else an ignore or label of a
 *     record on the way
 */
record SchemaField(
    String name,
    List<String> aliases,
    FieldPath path,
    List<Schema> branches,
    FieldType type,
    boolean mayBeMissing,
    @Nullable String property) {
  static final String PROPERTY = "nelbo";
  static final String IGNORE = "ignore";
  static final String LABEL = "label";

  /** Records within records multiply their aliases; so many are enough for one field. */
  private static final int MAX_ALIASES = 64;

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
    flatten(schema, List.of(""), FieldPath.ROOT, false, null, new HashSet<>(), fields);
    Set<String> taken = fields.stream().map(SchemaField::name).collect(Collectors.toSet());
    fields.replaceAll(field -> field.known(field.aliases.stream().filter(taken::add).toList()));
    return fields;
  }

  private SchemaField known(List<String> byAliases) {
    return new SchemaField(name, byAliases, path, branches, type, mayBeMissing, property);
  }

  private static void flatten(
      Schema record,
      List<String> prefixes,
      FieldPath path,
      boolean mayBeMissing,
      @Nullable String inherited,
      Set<String> enclosing,
      List<SchemaField> fields) {
    enclosing.add(record.getFullName());
    for (Schema.Field field : record.getFields()) {
      List<String> names = names(prefixes, field);
      FieldPath here = path.field(field.pos());
      List<Schema> branches = branches(field.schema());
      boolean nullable = mayBeMissing || isNullable(field.schema());
      String own = field.getProp(PROPERTY);
      String property = own != null ? own : inherited;
      if (isOneRecord(branches) && !enclosing.contains(branches.get(0).getFullName())) {
        boolean passesOn = IGNORE.equals(property) || LABEL.equals(property);
        flatten(
            branches.get(0),
            names.stream().map(name -> name + ".").toList(),
            here,
            nullable,
            passesOn ? property : null,
            enclosing,
            fields);
      } else {
        fields.add(
            new SchemaField(
                names.get(0),
                names.subList(1, names.size()),
                here,
                branches,
                FieldType.of(branches),
                nullable,
                property));
      }
    }
    enclosing.remove(record.getFullName());
  }

  /** The field's own name first. */
  private static List<String> names(List<String> prefixes, Schema.Field field) {
    return prefixes.stream()
        .flatMap(
            prefix ->
                Stream.concat(Stream.of(field.name()), field.aliases().stream())
                    .map(name -> prefix + name))
        .distinct()
        .limit(1 + MAX_ALIASES)
        .toList();
  }

  /** Whether a name is the field's own or an alias. */
  boolean isKnownAs(String other) {
    return name.equals(other) || aliases.contains(other);
  }

  /** The field's own name and its aliases. */
  Stream<String> names() {
    return Stream.concat(Stream.of(name), aliases.stream());
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
   * metrics.load} or {@code axes.0}, or null if the name is not one. It is named after this field,
   * and an alias of this field makes an alias of it.
   */
  @Nullable SchemaField element(String elementName) {
    if (branches.size() != 1) {
      return null;
    }
    return names()
        .filter(known -> elementName.startsWith(known + "."))
        .findFirst()
        .map(known -> elementOf(elementName.substring(known.length() + 1)))
        .orElse(null);
  }

  private @Nullable SchemaField elementOf(String key) {
    Schema schema = branches.get(0);
    if (schema.getType() == Schema.Type.MAP) {
      return element(key, path.key(key), schema.getValueType());
    }
    if (schema.getType() == Schema.Type.ARRAY && key.matches("0|[1-9][0-9]{0,5}")) {
      return element(key, path.index(Integer.parseInt(key)), schema.getElementType());
    }
    return null;
  }

  private SchemaField element(String key, FieldPath elementPath, Schema schema) {
    List<Schema> types = branches(schema);
    return new SchemaField(
        name + "." + key,
        aliases.stream().map(alias -> alias + "." + key).toList(),
        elementPath,
        types,
        FieldType.of(types),
        true,
        property);
  }
}
