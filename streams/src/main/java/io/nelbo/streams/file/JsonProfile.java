package io.nelbo.streams.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * What all values under one JSON key have in common: scalars as in a {@link ColumnProfile}, objects
 * key by key, arrays by their items. Values of different shapes are kept as their JSON text. NOT
 * thread safe.
 */
final class JsonProfile {
  private final ColumnProfile scalars = new ColumnProfile();
  private final Map<String, JsonProfile> keys = new LinkedHashMap<>();
  private final ColumnProfile items = new ColumnProfile();
  private long seen;
  private long scalarsSeen;
  private long objects;
  private long arrays;
  private boolean nulls;
  private boolean flatItems = true;

  void see(JsonNode value) {
    seen++;
    if (value.isNull()) {
      nulls = true;
    } else if (value instanceof ObjectNode object) {
      objects++;
      object.properties().forEach(e -> key(e.getKey()).see(e.getValue()));
    } else if (value.isArray()) {
      arrays++;
      value.forEach(this::seeItem);
    } else {
      scalarsSeen++;
      see(value, scalars);
    }
  }

  private void seeItem(JsonNode item) {
    if (item.isNull() || item.isContainerNode()) {
      flatItems = false;
    } else {
      see(item, items);
    }
  }

  private static void see(JsonNode scalar, ColumnProfile profile) {
    if (scalar.isTextual()) {
      profile.seeQuoted(scalar.asText());
    } else {
      profile.seeText(scalar.asText());
    }
  }

  private JsonProfile key(String name) {
    return keys.computeIfAbsent(name, k -> new JsonProfile());
  }

  /** Returns the record schema of the objects seen. */
  Schema record(String name, List<String> categorical) {
    InferredRecord record = new InferredRecord(name);
    keys.forEach(
        (key, profile) -> {
          boolean asText = categorical.contains(key);
          record.add(
              key,
              asText ? Schema.create(Schema.Type.STRING) : profile.type(name + "_" + key),
              profile.nulls || profile.seen < objects || profile.hasAbsentWords(),
              asText || profile.isCategorical());
        });
    return record.schema();
  }

  private boolean isScalar() {
    return objects == 0 && arrays == 0;
  }

  private boolean isCategorical() {
    return isScalar() && scalars.isCategorical();
  }

  private boolean hasAbsentWords() {
    return isScalar() && scalars.mayBeMissing();
  }

  private Schema type(String name) {
    if (isScalar()) {
      return scalars.type();
    }
    if (objects > 0 && arrays == 0 && scalarsSeen == 0 && !keys.isEmpty()) {
      return record(name, List.of());
    }
    if (arrays > 0 && objects == 0 && scalarsSeen == 0 && flatItems) {
      return Schema.createArray(items.type());
    }
    return Schema.create(Schema.Type.STRING);
  }
}
