package io.nelbo.bench.micro;

import io.nelbo.bench.Readings;
import io.nelbo.model.feature.Features;
import io.nelbo.streams.input.BadRecordException;
import io.nelbo.streams.input.FixedSchemas;
import io.nelbo.streams.input.ObservationReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the way costs from a record's bytes to the encoder's input; thirty fields. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeBenchmark {
  private static final int RECORDS = 1024;
  private static final int HEADER = 10;

  private final Features features = Readings.features();
  private final ObservationReader reader =
      new ObservationReader(FixedSchemas.of(List.of(Readings.SCHEMA)));
  private final GenericDatumReader<Object> avro =
      new GenericDatumReader<>(Readings.SCHEMA, Readings.SCHEMA, new GenericData());
  private final double[] observation = new double[features.count()];
  private final float[] input = new float[features.inputs()];
  private final byte[][] values = new Readings(2).next(RECORDS);
  private @Nullable BinaryDecoder decoder;
  private int next;

  private byte[] value() {
    return values[next++ & (RECORDS - 1)];
  }

  @Benchmark
  public float[] decodeAndFeaturise() throws BadRecordException {
    reader.observe(value(), features, observation);
    features.writeInput(observation, input);
    return input;
  }

  @Benchmark
  public double[] decode() throws BadRecordException {
    reader.observe(value(), features, observation);
    return observation;
  }

  /** Avro's own reader, for comparison: a record without an observation. */
  @Benchmark
  public Object genericRecord() throws IOException {
    byte[] value = value();
    decoder = DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, decoder);
    return avro.read(null, decoder);
  }
}
