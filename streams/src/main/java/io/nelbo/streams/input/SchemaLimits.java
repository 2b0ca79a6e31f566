package io.nelbo.streams.input;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Refuses schemas under which a few bytes can ask for any amount of memory. Avro checks the lengths
 * of strings, bytes and collections against the bytes that are there; it cannot do so for items
 * that take no bytes, and does not for fixed values.
 */
final class SchemaLimits {
  /** Far above what a Kafka record holds by default (1 MiB). */
  static final int MAX_FIXED = 16 << 20;

  private SchemaLimits() {}

  /** Returns why the schema is refused, or null if it is not. */
  static @Nullable String refusal(Schema schema) {
    return refusal(schema, new HashSet<>());
  }

  private static @Nullable String refusal(Schema schema, Set<String> seen) {
    return switch (schema.getType()) {
      case RECORD ->
          seen.add(schema.getFullName())
              ? first(schema.getFields().stream().map(Schema.Field::schema).toList(), seen)
              : null;
      case UNION -> first(schema.getTypes(), seen);
      case MAP -> refusal(schema.getValueType(), seen);
      case ARRAY ->
          takesNoBytes(schema.getElementType(), new HashSet<>())
              ? "its schema has an array of items that take no bytes, whose count has no bound"
              : refusal(schema.getElementType(), seen);
      case FIXED ->
          schema.getFixedSize() > MAX_FIXED
              ? "its schema has the fixed type %s of %d bytes, more than %d"
                  .formatted(schema.getFullName(), schema.getFixedSize(), MAX_FIXED)
              : null;
      default -> null;
    };
  }

  private static @Nullable String first(List<Schema> schemas, Set<String> seen) {
    for (Schema schema : schemas) {
      String refusal = refusal(schema, seen);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private static boolean takesNoBytes(Schema schema, Set<String> enclosing) {
    return switch (schema.getType()) {
      case NULL -> true;
      case FIXED -> schema.getFixedSize() == 0;
      case RECORD ->
          enclosing.add(schema.getFullName())
              && schema.getFields().stream().allMatch(f -> takesNoBytes(f.schema(), enclosing));
      default -> false;
    };
  }
}
