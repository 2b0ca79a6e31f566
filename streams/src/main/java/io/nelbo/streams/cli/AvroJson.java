package io.nelbo.streams.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Avro values as plain JSON: times in ISO 8601, bytes in Base64, unions as the value itself. */
final class AvroJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private AvroJson() {}

  static ObjectNode of(IndexedRecord record) {
    ObjectNode object = NODES.objectNode();
    for (Schema.Field field : record.getSchema().getFields()) {
      object.set(field.name(), of(field.schema(), record.get(field.pos())));
    }
    return object;
  }

  private static JsonNode of(Schema schema, @Nullable Object value) {
    if (value == null) {
      return NODES.nullNode();
    }
    Schema type =
        schema.isUnion()
            ? schema.getTypes().get(GenericData.get().resolveUnion(schema, value))
            : schema;
    if (value instanceof IndexedRecord record) {
      return of(record);
    }
    if (value instanceof Collection<?> items) {
      ArrayNode array = NODES.arrayNode();
      items.forEach(item -> array.add(of(type.getElementType(), item)));
      return array;
    }
    if (value instanceof Map<?, ?> entries) {
      ObjectNode object = NODES.objectNode();
      entries.forEach((key, item) -> object.set(key.toString(), of(type.getValueType(), item)));
      return object;
    }
    return scalar(type.getLogicalType(), value);
  }

  private static JsonNode scalar(@Nullable LogicalType logical, Object value) {
    if (value instanceof Long number) {
      return logical instanceof LogicalTypes.TimestampMillis
          ? NODES.textNode(Instant.ofEpochMilli(number).toString())
          : NODES.numberNode(number);
    }
    if (value instanceof Integer number) {
      return NODES.numberNode(number);
    }
    if (value instanceof Float number) {
      return NODES.numberNode(number);
    }
    if (value instanceof Double number) {
      return NODES.numberNode(number);
    }
    if (value instanceof Boolean truth) {
      return NODES.booleanNode(truth);
    }
    if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return NODES.binaryNode(bytes);
    }
    if (value instanceof GenericFixed fixed) {
      return NODES.binaryNode(fixed.bytes());
    }
    return NODES.textNode(value.toString());
  }
}
