package io.nelbo.streams.input;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** Random Avro schemas of every type, records within themselves too, and random values of them. */
final class RandomValues {
  /** What some of the values are, as texts. */
  static final List<String> CATEGORIES =
      List.of("A", "größe2", "true", "0", "1", "-3", "00", "01ff", "B", "0001ff00");

  private static final List<String> KEYS = List.of("load", "größe", "other");

  private final Random random;
  private int names;

  RandomValues(Random random) {
    this.random = random;
  }

  Schema recordSchema(int depth) {
    return recordSchema(depth, new ArrayList<>());
  }

  private Schema recordSchema(int depth, List<Schema> enclosing) {
    Schema record = Schema.createRecord("R" + names++, null, "random", false);
    enclosing.add(record);
    List<Schema.Field> fields = new ArrayList<>();
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      Schema.Field field = new Schema.Field("f" + i, schema(depth, enclosing));
      for (int alias = random.nextInt(3); alias > 0; alias--) {
        field.addAlias((random.nextBoolean() ? "f" : "a") + random.nextInt(12));
      }
      fields.add(field);
    }
    enclosing.remove(record);
    record.setFields(fields);
    return record;
  }

  private Schema schema(int depth, List<Schema> enclosing) {
    return random.nextInt(3) > 0 ? single(depth, enclosing) : union(depth, enclosing);
  }

  private Schema union(int depth, List<Schema> enclosing) {
    List<Schema> branches = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      Schema branch =
          random.nextInt(3) == 0 ? Schema.create(Schema.Type.NULL) : single(depth, enclosing);
      if (!branch.isUnion() && seen.add(branch.getFullName())) {
        branches.add(branch);
      }
    }
    return branches.isEmpty() ? single(0, enclosing) : Schema.createUnion(branches);
  }

  private Schema single(int depth, List<Schema> enclosing) {
    return switch (random.nextInt(depth > 0 ? 19 : 14)) {
      case 0 -> Schema.create(Schema.Type.INT);
      case 1 -> Schema.create(Schema.Type.LONG);
      case 2 -> Schema.create(Schema.Type.FLOAT);
      case 3, 4 -> Schema.create(Schema.Type.DOUBLE);
      case 5 -> Schema.create(Schema.Type.BOOLEAN);
      case 6, 7 -> Schema.create(Schema.Type.STRING);
      case 8 -> Schema.createEnum("E" + names++, null, "random", List.of("A", "B", "C"));
      case 9 -> Schema.create(Schema.Type.BYTES);
      case 10 -> Schema.createFixed("F" + names++, null, "random", random.nextInt(4));
      case 11 -> LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
      case 12 -> LogicalTypes.decimal(30, 2).addToSchema(Schema.create(Schema.Type.BYTES));
      case 13 ->
          LogicalTypes.decimal(4, 1)
              .addToSchema(Schema.createFixed("D" + names++, null, "random", 2));
      case 14, 15 -> Schema.createArray(schema(depth - 1, enclosing));
      case 16 -> Schema.createMap(schema(depth - 1, enclosing));
      case 17 ->
          Schema.createUnion(
              Schema.create(Schema.Type.NULL), enclosing.get(random.nextInt(enclosing.size())));
      default -> recordSchema(depth - 1, enclosing);
    };
  }

  GenericRecord record(Schema schema) {
    return record(schema, 3);
  }

  private GenericRecord record(Schema schema, int depth) {
    GenericData.Record record = new GenericData.Record(schema);
    schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema(), depth)));
    return record;
  }

  private @Nullable Object value(Schema schema, int depth) {
    return switch (schema.getType()) {
      case INT -> random.nextBoolean() ? random.nextInt(5) - 3 : random.nextInt();
      case LONG -> random.nextBoolean() ? (long) random.nextInt(5) - 3 : random.nextLong();
      case FLOAT -> random.nextInt(200) == 0 ? Float.NaN : (float) random.nextGaussian();
      case DOUBLE ->
          random.nextInt(200) == 0
              ? Double.POSITIVE_INFINITY
              : random.nextGaussian() * Math.pow(10, random.nextInt(300));
      case BOOLEAN -> random.nextBoolean();
      case STRING -> new Utf8(random.nextBoolean() ? "A" : "größe" + random.nextInt(5));
      case ENUM ->
          new GenericData.EnumSymbol(schema, schema.getEnumSymbols().get(random.nextInt(3)));
      case BYTES ->
          random.nextInt(3) == 0
              ? ByteBuffer.wrap(new byte[] {'A'})
              : ByteBuffer.wrap(bytes(random.nextInt(14)));
      case FIXED -> new GenericData.Fixed(schema, bytes(schema.getFixedSize()));
      case ARRAY -> array(schema, depth);
      case MAP -> map(schema, depth);
      case UNION -> value(branch(schema.getTypes(), depth), depth);
      case NULL -> null;
      case RECORD -> record(schema, depth - 1);
    };
  }

  private Schema branch(List<Schema> branches, int depth) {
    for (Schema branch : branches) {
      if (depth <= 0 && branch.getType() == Schema.Type.NULL) {
        return branch;
      }
    }
    return branches.get(random.nextInt(branches.size()));
  }

  private List<@Nullable Object> array(Schema schema, int depth) {
    List<@Nullable Object> items = new ArrayList<>();
    int count = depth <= 0 ? 0 : random.nextInt(5);
    for (int i = 0; i < count; i++) {
      items.add(value(schema.getElementType(), depth - 1));
    }
    return items;
  }

  private Map<Utf8, @Nullable Object> map(Schema schema, int depth) {
    Map<Utf8, @Nullable Object> entries = new HashMap<>();
    for (String key : KEYS) {
      if (depth > 0 && random.nextBoolean()) {
        entries.put(new Utf8(key), value(schema.getValueType(), depth - 1));
      }
    }
    return entries;
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(3) - 1);
    }
    return bytes;
  }
}
