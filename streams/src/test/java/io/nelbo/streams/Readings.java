package io.nelbo.streams;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;

/**
 * Records of a user's own: five numbers moved by two hidden causes, a state and an id. Encoded as
 * single objects.
 */
public final class Readings {
  public static final Schema SCHEMA =
      SchemaBuilder.record("Reading")
          .namespace("plant")
          .fields()
          .requiredString("id")
          .requiredDouble("temperature")
          .requiredDouble("pressure")
          .requiredDouble("flow")
          .requiredDouble("speed")
          .requiredDouble("current")
          .name("state")
          .type()
          .enumeration("State")
          .symbols("IDLE", "BUSY")
          .noDefault()
          .endRecord();

  private final Random random;

  public Readings(long seed) {
    random = new Random(seed);
  }

  /** Returns the next ordinary reading. */
  public byte[] next() {
    return loaded(0);
  }

  /** Returns an ordinary reading but for the load, whose mean is so many deviations higher. */
  public byte[] loaded(double mean) {
    double load = mean + random.nextGaussian();
    double weather = random.nextGaussian();
    return encode(reading(load, load, weather));
  }

  /** Returns an ordinary reading but for the weather, whose mean is so many deviations higher. */
  public byte[] weathered(double mean) {
    double load = random.nextGaussian();
    return encode(reading(load, load, mean + random.nextGaussian()));
  }

  /** Returns a reading whose pressure belongs to another load: each number is an ordinary one. */
  public byte[] outlier() {
    return encode(reading(2.2, -2.2, 0));
  }

  private GenericRecord reading(double load, double loadOfPressure, double weather) {
    return new GenericRecordBuilder(SCHEMA)
        .set("id", "pump-" + random.nextInt(100))
        .set("temperature", 20 + 4 * load + 3 * weather + noise(0.2))
        .set("pressure", 1000 + 10 * loadOfPressure + noise(0.5))
        .set("flow", 3 + 0.5 * load - 0.2 * weather + noise(0.03))
        .set("speed", 1500 + 120 * load + noise(5))
        .set("current", 8 + load + 0.3 * weather + noise(0.05))
        .set("state", new GenericData.EnumSymbol(SCHEMA.getField("state").schema(), "BUSY"))
        .build();
  }

  private double noise(double deviation) {
    return deviation * random.nextGaussian();
  }

  public static byte[] encode(GenericRecord record) {
    try {
      var bytes =
          new BinaryMessageEncoder<GenericRecord>(GenericData.get(), record.getSchema())
              .encode(record);
      byte[] value = new byte[bytes.remaining()];
      bytes.get(value);
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
