package io.nelbo.bench;

import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import io.nelbo.streams.input.BadRecordException;
import io.nelbo.streams.input.FixedSchemas;
import io.nelbo.streams.input.ObservationReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.jspecify.annotations.Nullable;

/**
 * What every benchmark reads: records of thirty fields, each of them a feature. Twenty doubles,
 * four floats, two integers, one long, a double that may be null, a boolean and an enum of three,
 * as sensors send them. Values follow a few common causes; one record in a thousand is off.
 */
public final class Readings {
  public static final Schema SCHEMA = schema();

  private static final int DOUBLES = 20;
  private static final int CAUSES = 5;
  private static final double OFF = 0.001;

  private final Random random;
  private final double[][] loadings = new double[SCHEMA.getFields().size()][CAUSES];
  private final BinaryMessageEncoder<GenericRecord> encoder =
      new BinaryMessageEncoder<>(new GenericData(), SCHEMA);

  public Readings(long seed) {
    Random structure = new Random(1);
    for (double[] row : loadings) {
      for (int i = 0; i < CAUSES; i++) {
        row[i] = structure.nextGaussian() / Math.sqrt(CAUSES);
      }
    }
    random = new Random(seed);
  }

  private static Schema schema() {
    var fields = SchemaBuilder.record("Reading").namespace("io.nelbo.bench").fields();
    for (int i = 0; i < DOUBLES; i++) {
      fields = fields.requiredDouble("level" + i);
    }
    for (int i = 0; i < 4; i++) {
      fields = fields.requiredFloat("flow" + i);
    }
    return fields
        .requiredInt("starts")
        .requiredInt("steps")
        .requiredLong("seconds")
        .optionalDouble("pressure")
        .requiredBoolean("running")
        .name("mode")
        .type()
        .enumeration("Mode")
        .symbols("ECO", "NORMAL", "BOOST")
        .noDefault()
        .endRecord();
  }

  /** The features of a model of these records. */
  public static Features features() {
    List<FeatureSpec> specs = new ArrayList<>();
    for (Schema.Field field : SCHEMA.getFields()) {
      specs.add(
          switch (field.schema().getType()) {
            case BOOLEAN -> FeatureSpec.binary(field.name(), false);
            case ENUM ->
                FeatureSpec.categorical(field.name(), field.schema().getEnumSymbols(), false);
            default -> FeatureSpec.continuous(field.name(), 100, 10, field.schema().isNullable());
          });
    }
    return Features.of(specs);
  }

  /** Returns a record in Avro's single-object encoding. */
  public byte[] next() {
    double[] causes = new double[CAUSES];
    for (int i = 0; i < CAUSES; i++) {
      causes[i] = random.nextGaussian();
    }
    boolean off = random.nextDouble() < OFF;
    GenericRecord record = new GenericData.Record(SCHEMA);
    for (Schema.Field field : SCHEMA.getFields()) {
      double x = 0.3 * random.nextGaussian();
      for (int i = 0; i < CAUSES; i++) {
        x += loadings[field.pos()][i] * causes[i];
      }
      record.put(field.pos(), value(field.schema(), 100 + 10 * (off ? 8 * x : x)));
    }
    return encode(record);
  }

  private @Nullable Object value(Schema schema, double x) {
    return switch (schema.getType()) {
      case DOUBLE -> x;
      case FLOAT -> (float) x;
      case INT -> (int) Math.round(x);
      case LONG -> Math.round(x);
      case UNION -> random.nextInt(10) == 0 ? null : (Object) x;
      case BOOLEAN -> x > 95;
      default -> {
        List<String> symbols = schema.getEnumSymbols();
        yield new GenericData.EnumSymbol(schema, symbols.get(x < 95 ? 0 : x < 110 ? 1 : 2));
      }
    };
  }

  private byte[] encode(GenericRecord record) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
      encoder.encode(record, bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns as many records. */
  public byte[][] next(int count) {
    byte[][] values = new byte[count][];
    for (int i = 0; i < count; i++) {
      values[i] = next();
    }
    return values;
  }

  /** Returns as many records as observations of {@link #features}. */
  public double[][] observations(int count) {
    Features features = features();
    ObservationReader reader = new ObservationReader(FixedSchemas.of(List.of(SCHEMA)));
    double[][] observations = new double[count][features.count()];
    try {
      for (double[] observation : observations) {
        reader.observe(reader.decode(next()), features, observation);
      }
    } catch (BadRecordException e) {
      throw new IllegalStateException("a record of this class cannot be read", e);
    }
    return observations;
  }
}
