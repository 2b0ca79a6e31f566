package io.nelbo.streams.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.feature.Column;
import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.Observations;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random schemas and values, read by the plan and by a plain walk over the generic record. */
class RandomSchemasTest {
  private Random random = new Random(0);
  private int names;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void planReadsWhatAWalkReads(int seed) throws BadRecordException {
    random = new Random(seed);
    for (int s = 0; s < 25; s++) {
      Schema schema = recordSchema(3);
      List<Column> columns = SchemaColumns.of(schema, FeatureSelection.all()).columns();
      ObservationReader reader = new ObservationReader(FixedSchemas.of(List.of(schema)));
      Observations window = new Observations(columns);
      for (int r = 0; r < 20; r++) {
        GenericRecord record = record(schema);
        byte[] bytes =
            random.nextBoolean()
                ? Values.bare(schema, record)
                : Values.singleObject(schema, record);
        Decoded decoded = reader.decode(bytes);
        assertThat(decoded.record()).isEqualTo(record);
        if (columns.stream().anyMatch(c -> walk(record, c.name()) != null)) {
          reader.addTo(window, decoded);
          assertRow(window, window.size() - 1, record);
        }
      }
    }
  }

  private static void assertRow(Observations window, int row, GenericRecord record) {
    for (int column = 0; column < window.columns().size(); column++) {
      Column c = window.columns().get(column);
      Object expected = walk(record, c.name());
      double actual = window.value(row, column);
      if (expected == null) {
        assertThat(c.mayBeMissing()).isTrue();
        assertThat(actual).isNaN();
      } else if (c.kind() == FeatureKind.CATEGORICAL) {
        assertThat(window.category(row, column)).isEqualTo(expected.toString());
      } else if (c.kind() == FeatureKind.BINARY) {
        assertThat(actual).isEqualTo((Boolean) expected ? 1 : 0);
      } else {
        assertThat(actual).isEqualTo(((Number) expected).doubleValue());
      }
    }
  }

  private static @Nullable Object walk(GenericRecord record, String name) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      return record.get(name);
    }
    Object nested = record.get(name.substring(0, dot));
    return nested == null ? null : walk((GenericRecord) nested, name.substring(dot + 1));
  }

  private Schema recordSchema(int depth) {
    List<Schema.Field> fields = new ArrayList<>();
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      fields.add(new Schema.Field("f" + i, fieldSchema(depth)));
    }
    return Schema.createRecord("R" + names++, null, "random", false, fields);
  }

  private Schema fieldSchema(int depth) {
    Schema type = plainSchema(depth);
    if (random.nextInt(3) > 0) {
      return type;
    }
    List<Schema> union = new ArrayList<>(List.of(type, Schema.create(Schema.Type.NULL)));
    if (type.getType() == Schema.Type.INT) {
      union.add(Schema.create(Schema.Type.DOUBLE));
    }
    Collections.shuffle(union, random);
    return Schema.createUnion(union);
  }

  private Schema plainSchema(int depth) {
    return switch (random.nextInt(depth > 0 ? 11 : 8)) {
      case 0 -> Schema.create(Schema.Type.INT);
      case 1 -> Schema.create(Schema.Type.LONG);
      case 2 -> Schema.create(Schema.Type.FLOAT);
      case 3 -> Schema.create(Schema.Type.DOUBLE);
      case 4 -> Schema.create(Schema.Type.BOOLEAN);
      case 5 -> Schema.create(Schema.Type.STRING);
      case 6 -> Schema.createEnum("E" + names++, null, "random", List.of("A", "B", "C"));
      case 7 -> Schema.createArray(Schema.create(Schema.Type.LONG));
      case 8 -> Schema.createMap(Schema.create(Schema.Type.STRING));
      default -> recordSchema(depth - 1);
    };
  }

  private @Nullable Object value(Schema schema) {
    return switch (schema.getType()) {
      case INT -> random.nextInt();
      case LONG -> random.nextLong();
      case FLOAT -> (float) random.nextGaussian();
      case DOUBLE -> random.nextGaussian() * Math.pow(10, random.nextInt(300));
      case BOOLEAN -> random.nextBoolean();
      case STRING -> new Utf8("größe" + random.nextInt(5));
      case ENUM ->
          new GenericData.EnumSymbol(schema, schema.getEnumSymbols().get(random.nextInt(3)));
      case ARRAY -> List.of(random.nextLong(), random.nextLong());
      case MAP -> Map.of(new Utf8("k"), new Utf8("v"));
      case UNION -> value(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
      case NULL -> null;
      default -> record(schema);
    };
  }

  private GenericRecord record(Schema schema) {
    GenericData.Record record = new GenericData.Record(schema);
    schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema())));
    return record;
  }
}
