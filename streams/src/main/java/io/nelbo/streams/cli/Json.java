package io.nelbo.streams.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.StringJoiner;
import org.apache.avro.Schema;

/** The JSON of {@code --json}: one object a line. */
final class Json {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Returns the JSON of a record schema with a line for each field. */
  static String fieldByField(Schema schema) {
    ObjectNode record = (ObjectNode) parse(schema.toString());
    JsonNode fields = record.remove("fields");
    String head = record.toString();
    StringJoiner lines = new StringJoiner(",\n  ", ",\"fields\":[\n  ", "\n]}");
    fields.forEach(field -> lines.add(field.toString()));
    return head.substring(0, head.length() - 1) + lines;
  }

  static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("not JSON: " + json, e);
    }
  }
}
