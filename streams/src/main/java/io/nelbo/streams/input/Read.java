package io.nelbo.streams.input;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.FeatureSpec;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The steps that read a value into a feature's slot. */
final class Read {
  private final int slot;
  private final FeatureSpec feature;
  private final String name;

  /**
   * Reads a feature.
   *
   * @param name what the feature is called in the schema that is read
   */
  Read(int slot, FeatureSpec feature, String name) {
    this.slot = slot;
    this.feature = feature;
    this.name = name;
  }

  String name() {
    return name;
  }

  FeatureSpec feature() {
    return feature;
  }

  int slot() {
    return slot;
  }

  /** Returns the step for values of a schema that {@link FieldType#canBe} of the feature's kind. */
  Step of(Schema schema) {
    return feature.kind() == FeatureKind.CATEGORICAL ? category(schema) : number(schema);
  }

  private Step number(Schema schema) {
    int to = slot;
    return switch (schema.getType()) {
      case BOOLEAN -> (in, row) -> row.put(to, in.readBoolean() ? 1 : 0);
      case INT -> (in, row) -> row.put(to, in.readInt());
      case LONG -> (in, row) -> row.put(to, (double) in.readLong());
      case FLOAT -> (in, row) -> row.putMeasured(to, in.readFloat());
      case DOUBLE -> (in, row) -> row.putMeasured(to, in.readDouble());
      case BYTES -> {
        int scale = scale(schema);
        yield (in, row) -> {
          int length = in.readLength();
          row.putMeasured(to, Decimals.nearest(in.array(), in.skip(length), length, scale));
        };
      }
      case FIXED -> {
        int scale = scale(schema);
        int size = schema.getFixedSize();
        yield (in, row) ->
            row.putMeasured(to, Decimals.nearest(in.array(), in.skip(size), size, scale));
      }
      default -> throw new IllegalArgumentException(feature.name() + " is no number: " + schema);
    };
  }

  /** Whether it reads nothing but doubles. */
  boolean isPlainDouble(Schema schema) {
    return schema.getType() == Schema.Type.DOUBLE && feature.kind() == FeatureKind.CONTINUOUS;
  }

  /** The step for doubles that follow one another, which is where records spend their time. */
  static Step doubles(int[] slots) {
    return (in, row) -> {
      int at = in.skip((long) slots.length * Double.BYTES);
      for (int slot : slots) {
        row.putMeasured(slot, in.doubleAt(at));
        at += Double.BYTES;
      }
    };
  }

  private static int scale(Schema schema) {
    return ((LogicalTypes.Decimal) schema.getLogicalType()).getScale();
  }

  private Step category(Schema schema) {
    int to = slot;
    Vocabulary vocabulary = new Vocabulary(feature.vocabulary());
    return switch (schema.getType()) {
      case BOOLEAN -> {
        int truth = vocabulary.code("true");
        int falsehood = vocabulary.code("false");
        yield (in, row) -> row.put(to, in.readBoolean() ? truth : falsehood);
      }
      case INT -> (in, row) -> row.put(to, vocabulary.code(in.readInt()));
      case LONG -> (in, row) -> row.put(to, vocabulary.code(in.readLong()));
      case ENUM -> {
        int[] codes = schema.getEnumSymbols().stream().mapToInt(vocabulary::code).toArray();
        yield (in, row) -> row.put(to, codes[in.readIndex(codes.length, "symbol")]);
      }
      case STRING ->
          (in, row) -> {
            int length = in.readLength();
            row.put(to, vocabulary.codeOfText(in.array(), in.skip(length), length));
          };
      case BYTES ->
          (in, row) -> {
            int length = in.readLength();
            row.put(to, vocabulary.codeOfBytes(in.array(), in.skip(length), length));
          };
      case FIXED -> {
        int size = schema.getFixedSize();
        yield (in, row) -> row.put(to, vocabulary.codeOfFixed(in.array(), in.skip(size), size));
      }
      default -> throw new IllegalArgumentException(feature.name() + " is no category: " + schema);
    };
  }
}
