package io.nelbo.streams.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The properties of schema fields that tell a detector how to take them. */
final class FieldMarks {
  /** How a detector takes a field: {@code label}, {@code categorical}, {@code ignore}… */
  static final String NELBO = "nelbo";

  /** The column's name in the file where that is no legal Avro name. */
  static final String COLUMN = "column";

  private static final ObjectMapper JSON = new ObjectMapper();

  private FieldMarks() {}

  /** Returns the field of a column, by its own name or the name in the file; null if none. */
  static Schema.@Nullable Field find(Schema schema, String column) {
    Schema.Field byName = schema.getField(column);
    if (byName != null) {
      return byName;
    }
    for (Schema.Field field : schema.getFields()) {
      if (column.equals(field.getProp(COLUMN))) {
        return field;
      }
    }
    return null;
  }

  /** Returns the schema with the labels and categories of the options marked. */
  static Schema mark(Schema schema, FileOptions options) {
    if (options.labels().isEmpty() && options.categorical().isEmpty()) {
      return schema;
    }
    // Avro refuses to change a property once it is set, so the JSON is changed and parsed anew.
    try {
      ObjectNode json = (ObjectNode) JSON.readTree(schema.toString());
      mark(json, schema, options.categorical(), "categorical");
      mark(json, schema, options.labels(), "label");
      return new Schema.Parser().parse(json.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a schema is no JSON: " + schema, e);
    }
  }

  private static void mark(ObjectNode json, Schema schema, Iterable<String> columns, String value) {
    for (String column : columns) {
      Schema.Field field = find(schema, column);
      if (field != null) {
        ((ObjectNode) json.get("fields").get(field.pos())).put(NELBO, value);
      }
    }
  }
}
