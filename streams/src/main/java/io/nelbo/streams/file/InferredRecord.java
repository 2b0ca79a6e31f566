package io.nelbo.streams.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/** A record schema in the making, field by field in the order of the file. NOT thread safe. */
final class InferredRecord {
  private final String name;
  private final List<Schema.Field> fields = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();

  InferredRecord(String name) {
    this.name = AvroNames.of(name);
  }

  void add(String column, Schema type, boolean mayBeMissing, boolean categorical) {
    String legal = AvroNames.unique(column, fields.size(), taken);
    Schema schema = mayBeMissing ? Schema.createUnion(Schema.create(Schema.Type.NULL), type) : type;
    Schema.Field field =
        mayBeMissing
            ? new Schema.Field(legal, schema, null, Schema.Field.NULL_DEFAULT_VALUE)
            : new Schema.Field(legal, schema);
    if (!legal.equals(column)) {
      field.addProp(FieldMarks.COLUMN, column);
    }
    if (categorical) {
      field.addProp(FieldMarks.NELBO, "categorical");
    }
    fields.add(field);
  }

  Schema schema() {
    return Schema.createRecord(name, null, null, false, fields);
  }
}
