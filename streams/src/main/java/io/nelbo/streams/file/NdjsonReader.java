package io.nelbo.streams.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Reads NDJSON as records of a schema. Keys without a field are left. */
final class NdjsonReader implements RecordReader {
  private final JsonLines lines;
  private final Schema schema;

  private NdjsonReader(JsonLines lines, Schema schema) {
    this.lines = lines;
    this.schema = schema;
  }

  static NdjsonReader open(Path path, Schema schema) throws IOException {
    return new NdjsonReader(JsonLines.open(path), schema);
  }

  /** Infers the schema of all lines. */
  static Schema infer(Path path, FileOptions options) throws IOException {
    try (JsonLines lines = JsonLines.open(path)) {
      JsonProfile profile = new JsonProfile();
      for (ObjectNode object = lines.next(); object != null; object = lines.next()) {
        profile.see(object);
      }
      return profile.record(options.recordName(), options.categorical());
    }
  }

  @Override
  public @Nullable GenericRecord next() throws IOException {
    ObjectNode object = lines.next();
    return object == null ? null : record(schema, object, "");
  }

  private GenericRecord record(Schema type, ObjectNode object, String path)
      throws FileFormatException {
    GenericData.Record record = new GenericData.Record(type);
    for (Schema.Field field : type.getFields()) {
      String key = Objects.requireNonNullElse(field.getProp(FieldMarks.COLUMN), field.name());
      JsonNode value = object.get(key);
      if (value == null && field.hasDefaultValue()) {
        record.put(field.pos(), GenericData.get().getDefaultValue(field));
      } else {
        record.put(field.pos(), value(field.schema(), value, path + key));
      }
    }
    return record;
  }

  private @Nullable Object value(Schema schema, @Nullable JsonNode value, String path)
      throws FileFormatException {
    Schema type = TextValue.withoutNull(schema);
    if (value == null || value.isNull()) {
      return TextValue.mayBeNull(schema) ? null : scalar(type, null, path);
    }
    return switch (type.getType()) {
      case RECORD -> record(type, object(value, path), path + ".");
      case ARRAY -> array(type, value, path);
      case MAP -> map(type, object(value, path), path);
      default -> scalar(schema, value.isContainerNode() ? value.toString() : value.asText(), path);
    };
  }

  private ObjectNode object(JsonNode value, String path) throws FileFormatException {
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw bad(path, value + " is no object");
  }

  private List<@Nullable Object> array(Schema type, JsonNode value, String path)
      throws FileFormatException {
    if (!value.isArray()) {
      throw bad(path, value + " is no array");
    }
    List<@Nullable Object> items = new ArrayList<>();
    for (JsonNode item : value) {
      items.add(value(type.getElementType(), item, path + "[]"));
    }
    return items;
  }

  private Map<String, @Nullable Object> map(Schema type, ObjectNode object, String path)
      throws FileFormatException {
    Map<String, @Nullable Object> entries = new HashMap<>();
    for (Map.Entry<String, JsonNode> e : object.properties()) {
      entries.put(e.getKey(), value(type.getValueType(), e.getValue(), path + "." + e.getKey()));
    }
    return entries;
  }

  private @Nullable Object scalar(Schema schema, @Nullable String text, String path)
      throws FileFormatException {
    try {
      return TextValue.of(schema, text);
    } catch (IllegalArgumentException e) {
      throw bad(path, Objects.requireNonNullElse(text, "the value") + " " + e.getMessage());
    }
  }

  private FileFormatException bad(String path, String message) {
    return new FileFormatException(lines.path(), lines.line(), "key " + path + ": " + message);
  }

  @Override
  public double fractionRead() throws IOException {
    return lines.fractionRead();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
