package io.nelbo.streams.input;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The fields that names stand for in the records of one schema: the field of that name, or else the
 * one that has it for an alias, which says that the field was once called so. No two names stand
 * for one field; the name that is the field's own does, if there is one.
 */
final class NamedFields {
  private final List<SchemaField> fields;
  private final Map<String, SchemaField> byName = new HashMap<>();
  private final Map<String, SchemaField> byAlias = new HashMap<>();

  private NamedFields(Schema schema) {
    fields = SchemaField.of(schema);
    for (SchemaField field : fields) {
      byName.put(field.name(), field);
      field.aliases().forEach(alias -> byAlias.put(alias, field));
    }
  }

  /**
   * Finds fields, and entries of maps and arrays.
   *
   * @return the fields by the names given, without those that stand for none
   */
  static Map<String, SchemaField> find(Schema schema, Collection<String> names) {
    NamedFields named = new NamedFields(schema);
    Map<String, SchemaField> found = new HashMap<>();
    Set<String> taken = new HashSet<>();
    for (String name : names) {
      SchemaField field = named.field(name);
      if (field != null && field.name().equals(name)) {
        found.put(name, field);
        taken.add(name);
      }
    }
    for (String name : names) {
      SchemaField field = found.containsKey(name) ? null : named.field(name);
      if (field != null && taken.add(field.name())) {
        found.put(name, field);
      }
    }
    return found;
  }

  private @Nullable SchemaField field(String name) {
    SchemaField field = byName.get(name);
    if (field == null) {
      field = byAlias.get(name);
    }
    return field == null ? element(name) : field;
  }

  private @Nullable SchemaField element(String name) {
    for (SchemaField field : fields) {
      SchemaField element = field.element(name);
      if (element != null) {
        return element;
      }
    }
    return null;
  }
}
