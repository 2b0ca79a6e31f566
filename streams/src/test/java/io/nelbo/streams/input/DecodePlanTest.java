package io.nelbo.streams.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The plan against what Avro's GenericDatumReader and a walk over its records make of a value. */
class DecodePlanTest {
  private static final int SCHEMAS = 40;
  private static final int RECORDS = 20;
  private static final List<FeatureKind> KINDS = List.of(FeatureKind.values());

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void planReadsWhatAvroReads(int seed) {
    Random random = new Random(seed);
    for (int s = 0; s < SCHEMAS; s++) {
      RandomValues values = new RandomValues(random);
      Schema schema = values.recordSchema(4);
      Features features = features(schema, random);
      ObservationReader reader = new ObservationReader(FixedSchemas.of(List.of(schema)));
      for (int r = 0; r < RECORDS; r++) {
        GenericRecord record = values.record(schema);
        byte[] good =
            random.nextBoolean()
                ? Values.bare(schema, record)
                : Values.singleObject(schema, record);

        assertSame(reader, features, good);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void planRefusesWhatAvroRefuses(int seed) {
    Random random = new Random(seed);
    int refused = 0;
    for (int s = 0; s < SCHEMAS; s++) {
      RandomValues values = new RandomValues(random);
      Schema schema = values.recordSchema(3);
      Features features = features(schema, random);
      ObservationReader reader = new ObservationReader(FixedSchemas.of(List.of(schema)));
      for (int r = 0; r < RECORDS; r++) {
        byte[] broken = Values.singleObject(schema, values.record(schema));
        int body = broken.length - 10;
        if (body > 0 && random.nextBoolean()) {
          broken[10 + random.nextInt(body)] = (byte) random.nextInt();
        } else {
          broken = Arrays.copyOf(broken, Math.max(10, broken.length - random.nextInt(4)));
        }
        refused += assertSame(reader, features, broken) ? 0 : 1;
      }
    }
    assertThat(refused).isGreaterThan(SCHEMAS * RECORDS / 5);
  }

  @Test
  void recordsOfATopLevelUnionAreReadEachByItsOwnFields() throws BadRecordException {
    Schema union =
        Schema.createUnion(
            Values.schema(
                "{'type':'record','name':'A','fields':[{'name':'x','type':'int'},{'name':'y','type':'int'}]}"),
            Schema.create(Schema.Type.STRING),
            Values.schema("{'type':'record','name':'B','fields':[{'name':'y','type':'double'}]}"));
    ObservationReader reader = new ObservationReader(FixedSchemas.of(List.of(union)));
    Features features = Features.of(List.of(continuous("x"), continuous("y")));
    double[] first = new double[2];
    double[] second = new double[2];

    reader.observe(
        Values.singleObject(union, Values.record(union.getTypes().get(0), 3, 4)), features, first);
    reader.observe(
        Values.singleObject(union, Values.record(union.getTypes().get(2), 5.5)), features, second);

    assertThat(first).containsExactly(3, 4);
    assertThat(second).containsExactly(Double.NaN, 5.5);
    assertSame(reader, features, Values.singleObject(union, "no record"));
  }

  @Test
  void blocksWithTheirSizeAndSeveralBlocksAreRead() throws BadRecordException {
    Schema schema =
        Values.reading(
            Values.field("axes", "{'type':'array','items':'int'}"), Values.field("x", "'int'"));
    ObservationReader reader = new ObservationReader(FixedSchemas.of(List.of(schema)));
    // Two items in 2 bytes, written as −2 and the size; one item; the end; x.
    byte[] value = {3, 4, 10, 12, 2, 14, 0, 16};
    double[] observation = new double[3];

    reader.observe(
        value,
        Features.of(List.of(continuous("axes.2"), continuous("axes.0"), continuous("x"))),
        observation);

    assertThat(observation).containsExactly(7, 5, 8);
  }

  @Test
  void endlessNestingIsUndecodable() {
    Schema chain = Values.reading(Values.field("next", "['null','Reading']"));
    byte[] deep = new byte[1_000_000];
    Arrays.fill(deep, (byte) 2);

    assertThat(
            verdict(
                new ObservationReader(FixedSchemas.of(List.of(chain))),
                Features.of(List.of(continuous("x"))),
                deep,
                new double[1]))
        .isEqualTo("UNDECODABLE");
  }

  @ParameterizedTest
  @CsvSource({"1, true", "100, true", "101, false", "3000, false"})
  void nestingIsReadUpToTheSameDepthBothWays(int records, boolean isRead) {
    Schema chain =
        Values.reading(Values.field("x", "'double'"), Values.field("next", "['null','Reading']"));
    ByteBuffer value = ByteBuffer.allocate(9 * records);
    for (int i = records - 1; i >= 0; i--) {
      value.putDouble(0).put((byte) (i > 0 ? 2 : 0));
    }

    assertThat(
            assertSame(
                new ObservationReader(FixedSchemas.of(List.of(chain))),
                Features.of(List.of(continuous("x"))),
                value.array()))
        .isEqualTo(isRead);
  }

  private static boolean assertSame(ObservationReader reader, Features features, byte[] value) {
    double[] expected = new double[features.count()];
    double[] actual = new double[features.count()];
    String wanted;
    try {
      reader.observe(reader.decode(value), features, expected);
      wanted = "";
    } catch (BadRecordException e) {
      wanted = e.reason().name();
    }

    assertThat(verdict(reader, features, value, actual)).isEqualTo(wanted);
    if (wanted.isEmpty()) {
      assertThat(actual).as(features.specs().toString()).containsExactly(expected);
    }
    return wanted.isEmpty();
  }

  private static String verdict(
      ObservationReader reader, Features features, byte[] value, double[] observation) {
    try {
      reader.observe(value, features, observation);
      return "";
    } catch (BadRecordException e) {
      return e.reason().name();
    }
  }

  /** Features of the schema's fields, entries and elements, now and then of the wrong kind. */
  private static Features features(Schema schema, Random random) {
    List<FeatureSpec> specs = new ArrayList<>(List.of(continuous("absent")));
    for (SchemaField field : SchemaField.of(schema)) {
      if (field.type() == FieldType.MAP || field.type() == FieldType.ARRAY) {
        for (String key : List.of("0", "2", "load", "größe")) {
          specs.add(feature(anyName(field, random) + "." + key, anyKind(random)));
        }
      } else if (random.nextInt(5) > 0) {
        FeatureKind listed = field.type().listed();
        FeatureKind kind = listed == null || random.nextInt(6) == 0 ? anyKind(random) : listed;
        specs.add(feature(anyName(field, random), kind));
      }
    }
    return Features.of(specs);
  }

  /** The field's own name, or now and then one that it had. */
  private static String anyName(SchemaField field, Random random) {
    List<String> names = field.names().toList();
    return names.get(random.nextInt(3) > 0 ? 0 : random.nextInt(names.size()));
  }

  private static FeatureKind anyKind(Random random) {
    return KINDS.get(random.nextInt(KINDS.size()));
  }

  private static FeatureSpec continuous(String name) {
    return FeatureSpec.continuous(name, 0, 1, true);
  }

  private static FeatureSpec feature(String name, FeatureKind kind) {
    return switch (kind) {
      case CONTINUOUS -> continuous(name);
      case BINARY -> FeatureSpec.binary(name, true);
      case CATEGORICAL -> FeatureSpec.categorical(name, RandomValues.CATEGORIES, true);
    };
  }
}
