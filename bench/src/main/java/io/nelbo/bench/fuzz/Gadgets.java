package io.nelbo.bench.fuzz;

import io.nelbo.bench.BenchModels;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.vae.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.jspecify.annotations.Nullable;

/** The records that are made bad: of every type that Avro has, one that holds itself included. */
final class Gadgets {
  static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Gadget", "namespace": "io.nelbo.bench.fuzz", "fields": [
                {"name": "level", "type": "double"},
                {"name": "flow", "type": ["null", "float"]},
                {"name": "steps", "type": "int"},
                {"name": "total", "type": "long"},
                {"name": "running", "type": "boolean"},
                {"name": "mode", "type": {"type": "enum", "name": "Mode", "symbols": ["A", "B", "C"]}},
                {"name": "name", "type": "string"},
                {"name": "amount",
                 "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
                {"name": "code", "type": {"type": "fixed", "name": "Code", "size": 4}},
                {"name": "tags", "type": {"type": "array", "items": "string"}},
                {"name": "more", "type": {"type": "map", "values": "double"}},
                {"name": "inside", "type": ["null", "Gadget"]}]}
              """);

  /** An array of it takes no bytes, however long it says it is. */
  static final Schema NOTHINGS =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Nothings", "namespace": "io.nelbo.bench.fuzz", "fields": [
                {"name": "level", "type": "double"},
                {"name": "nothings", "type": {"type": "array", "items": "null"}}]}
              """);

  private static final Instant PUBLISHED = Instant.parse("2026-01-01T00:00:00Z");

  private static final Features FEATURES =
      Features.of(
          List.of(
              FeatureSpec.continuous("level", 0, 1, false),
              FeatureSpec.continuous("flow", 0, 1, true),
              FeatureSpec.continuous("steps", 0, 10, false),
              FeatureSpec.continuous("total", 0, 1000, false),
              FeatureSpec.binary("running", false),
              FeatureSpec.categorical("mode", List.of("A", "B", "C"), false),
              FeatureSpec.categorical("name", List.of("one", "two"), false),
              FeatureSpec.continuous("amount", 0, 100, false),
              FeatureSpec.continuous("more.a", 0, 1, true)));

  private static final BinaryMessageEncoder<GenericRecord> ENCODER =
      new BinaryMessageEncoder<>(new GenericData(), SCHEMA);
  private static final BinaryMessageEncoder<GenericRecord> NOTHING_ENCODER =
      new BinaryMessageEncoder<>(new GenericData(), NOTHINGS);

  private final Random random;

  Gadgets(Random random) {
    this.random = random;
  }

  /** A model of them, small, so that each of its bytes has its turn. */
  static ModelVersion model(long version) {
    Shape shape = new Shape(FEATURES.inputs(), 2, 4, 3, FEATURES.outputs(), FEATURES.continuous());
    double[][] observations = BenchModels.observations(FEATURES, 100, 1);
    return BenchModels.version(
        version, BenchModels.model(FEATURES, shape, 2, observations), PUBLISHED);
  }

  byte[] next() {
    return encode(record(random.nextInt(3) == 0 ? record(null, "two") : null, "one"));
  }

  byte[] named(String name) {
    return encode(record(null, name));
  }

  byte[] withLevel(double level) {
    GenericRecord record = record(null, "one");
    record.put("level", level);
    return encode(record);
  }

  /** One that holds one that holds one, and so on. */
  byte[] nested(int depth) {
    // Avro's own encoder would overflow the stack: the innermost is what each level ends with.
    byte[] one = next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] flat = encode(record(null, "one"));
    bytes.write(one, 0, 10);
    for (int i = 0; i < depth; i++) {
      bytes.write(flat, 10, flat.length - 11);
      bytes.write(2); // the second branch: there is one inside
    }
    bytes.write(flat, 10, flat.length - 10);
    return bytes.toByteArray();
  }

  /** One whose array says it has so many items, none of which takes a byte. */
  byte[] nothings(long count) {
    GenericRecord record = new GenericData.Record(NOTHINGS);
    record.put("level", 1.0);
    record.put("nothings", List.of());
    byte[] empty = encode(record, NOTHING_ENCODER);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(empty, 0, empty.length - 1);
    writeLong(count, bytes);
    bytes.write(0);
    return bytes.toByteArray();
  }

  static void writeLong(long value, ByteArrayOutputStream out) {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      out.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private GenericRecord record(@Nullable GenericRecord inside, String name) {
    GenericRecord record = new GenericData.Record(SCHEMA);
    record.put("level", random.nextGaussian());
    record.put("flow", random.nextBoolean() ? null : (float) random.nextGaussian());
    record.put("steps", random.nextInt(20));
    record.put("total", (long) random.nextInt(2000));
    record.put("running", random.nextBoolean());
    record.put(
        "mode",
        new GenericData.EnumSymbol(SCHEMA.getField("mode").schema(), "ABC".substring(1, 2)));
    record.put("name", name);
    record.put("amount", ByteBuffer.wrap(new byte[] {(byte) random.nextInt(), 17}));
    record.put("code", new GenericData.Fixed(SCHEMA.getField("code").schema(), new byte[4]));
    record.put("tags", List.of("x", "tag"));
    record.put("more", Map.of("a", random.nextGaussian(), "b", 1.0));
    record.put("inside", inside);
    return record;
  }

  private static byte[] encode(GenericRecord record) {
    return encode(record, ENCODER);
  }

  private static byte[] encode(GenericRecord record, BinaryMessageEncoder<GenericRecord> encoder) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      encoder.encode(record, bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
