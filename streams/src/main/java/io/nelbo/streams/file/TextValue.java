package io.nelbo.streams.file;

import java.time.DateTimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Turns the text of one value into what an Avro schema wants. */
final class TextValue {
  private TextValue() {}

  /**
   * Returns the Avro value of a text; null stands for nothing there.
   *
   * @throws IllegalArgumentException with a message that ends a sentence about the value, such as
   *     "is no long"
   */
  static @Nullable Object of(Schema schema, @Nullable String text) {
    boolean mayBeMissing = mayBeNull(schema);
    Schema type = withoutNull(schema);
    if (text == null) {
      if (mayBeMissing) {
        return null;
      }
      if (type.getType() == Schema.Type.STRING) {
        return "";
      }
      throw new IllegalArgumentException("is missing where the schema wants " + name(type));
    }
    boolean textual = type.getType() == Schema.Type.STRING || type.getType() == Schema.Type.ENUM;
    if (mayBeMissing && !textual && TextKind.of(text) == TextKind.ABSENT) {
      return null;
    }
    return present(type, text);
  }

  static boolean mayBeNull(Schema schema) {
    return schema.getType() == Schema.Type.NULL || schema.isNullable();
  }

  /** Returns the first branch of a union that is not null; any other schema itself. */
  static Schema withoutNull(Schema schema) {
    if (!schema.isUnion()) {
      return schema;
    }
    return schema.getTypes().stream()
        .filter(branch -> branch.getType() != Schema.Type.NULL)
        .findFirst()
        .orElse(schema);
  }

  private static Object present(Schema type, String text) {
    return switch (type.getType()) {
      case STRING -> text;
      case BOOLEAN -> truth(type, text);
      case INT -> intNumber(type, text);
      case LONG -> integer(type, text);
      case FLOAT -> (float) number(type, text);
      case DOUBLE -> number(type, text);
      case ENUM -> symbol(type, text);
      default -> throw new IllegalArgumentException("cannot be read as " + name(type));
    };
  }

  private static Object symbol(Schema type, String text) {
    if (!type.hasEnumSymbol(text)) {
      throw new IllegalArgumentException("is none of " + type.getEnumSymbols());
    }
    return new GenericData.EnumSymbol(type, text);
  }

  private static int intNumber(Schema type, String text) {
    long integer = integer(type, text);
    if (integer != (int) integer) {
      throw new IllegalArgumentException("is out of the range of int");
    }
    return (int) integer;
  }

  private static boolean truth(Schema type, String text) {
    String stripped = text.strip();
    if (stripped.equalsIgnoreCase("true") || stripped.equalsIgnoreCase("false")) {
      return stripped.equalsIgnoreCase("true");
    }
    double number = number(type, text);
    if (number != 0 && number != 1) {
      throw isNo(type);
    }
    return number == 1;
  }

  private static double number(Schema type, String text) {
    TextKind kind = TextKind.of(text);
    if (kind != TextKind.INTEGER && kind != TextKind.DECIMAL) {
      throw isNo(type);
    }
    return TextKind.number(text);
  }

  private static long integer(Schema type, String text) {
    if (type.getLogicalType() instanceof LogicalTypes.TimestampMillis
        && TextKind.of(text) != TextKind.INTEGER) {
      try {
        return TextKind.millis(text);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException("is no ISO 8601 time", e);
      }
    }
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is no " + name(type), e);
    }
  }

  private static IllegalArgumentException isNo(Schema type) {
    return new IllegalArgumentException("is no " + name(type));
  }

  private static String name(Schema type) {
    return type.getLogicalType() == null
        ? type.getType().getName()
        : type.getLogicalType().getName();
  }
}
