package io.nelbo.streams.input;

import io.nelbo.model.feature.FeatureKind;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a field of an Avro schema can be to a model: the kind it has by itself, the kind it gets
 * when the user lists it, and the name users know it by.
 */
enum FieldType {
  INTEGER("an integer", FeatureKind.CONTINUOUS, FeatureKind.CONTINUOUS),
  NUMBER("a number", FeatureKind.CONTINUOUS, FeatureKind.CONTINUOUS),
  DECIMAL("a decimal", FeatureKind.CONTINUOUS, FeatureKind.CONTINUOUS),
  BOOLEAN("a boolean", FeatureKind.BINARY, FeatureKind.BINARY),
  ENUM("an enum", FeatureKind.CATEGORICAL, FeatureKind.CATEGORICAL),
  STRING("a string", null, FeatureKind.CATEGORICAL),
  TIME("a date or time", null, FeatureKind.CONTINUOUS),
  BYTES("bytes", null, FeatureKind.CATEGORICAL),
  /** A union of types that share only that each value has a text. */
  MIXED("a union of several types", null, FeatureKind.CATEGORICAL),
  ARRAY("an array", null, null),
  MAP("a map", null, null),
  RECORD("a record within itself, or one of several", null, null),
  UNLIKE("a union of unlike types", null, null),
  NULL("always null", null, null);

  private final String description;
  private final @Nullable FeatureKind natural;
  private final @Nullable FeatureKind listed;

  FieldType(String description, @Nullable FeatureKind natural, @Nullable FeatureKind listed) {
    this.description = description;
    this.natural = natural;
    this.listed = listed;
  }

  /** Classifies a field by the branches of its union, null left out. */
  static FieldType of(List<Schema> branches) {
    if (branches.isEmpty()) {
      return NULL;
    }
    FieldType type = of(branches.get(0));
    for (Schema branch : branches) {
      type = type.or(of(branch));
    }
    // Two decimals need not have the same scale.
    return type == DECIMAL && branches.size() > 1 ? UNLIKE : type;
  }

  private static FieldType of(Schema schema) {
    return switch (schema.getType()) {
      case INT, LONG -> schema.getLogicalType() == null ? INTEGER : TIME;
      case FLOAT, DOUBLE -> NUMBER;
      case BOOLEAN -> BOOLEAN;
      case ENUM -> ENUM;
      case STRING -> STRING;
      case BYTES, FIXED ->
          schema.getLogicalType() instanceof LogicalTypes.Decimal ? DECIMAL : BYTES;
      case ARRAY -> ARRAY;
      case MAP -> MAP;
      case RECORD, UNION -> RECORD;
      case NULL -> NULL;
    };
  }

  private FieldType or(FieldType other) {
    if (this == other) {
      return this;
    }
    if (isNumeric() && other.isNumeric()) {
      return NUMBER;
    }
    if (isText() && other.isText()) {
      return STRING;
    }
    if (canBe(FeatureKind.CATEGORICAL) && other.canBe(FeatureKind.CATEGORICAL)) {
      return MIXED;
    }
    return UNLIKE;
  }

  private boolean isNumeric() {
    return this == INTEGER || this == NUMBER;
  }

  private boolean isText() {
    return this == ENUM || this == STRING;
  }

  String description() {
    return description;
  }

  /** The kind of a field that nobody mentions, or null if it is no feature then. */
  @Nullable FeatureKind natural() {
    return natural;
  }

  /** The kind of a field that is asked for by name, or null if it can be no feature. */
  @Nullable FeatureKind listed() {
    return listed;
  }

  boolean canBe(FeatureKind kind) {
    return switch (kind) {
      case CONTINUOUS -> isNumeric() || this == DECIMAL || this == TIME;
      case BINARY -> this == BOOLEAN;
      case CATEGORICAL ->
          switch (this) {
            case INTEGER, TIME, BOOLEAN, ENUM, STRING, BYTES, MIXED -> true;
            default -> false;
          };
    };
  }
}
