package io.nelbo.streams.input;

import static io.nelbo.streams.input.Values.field;
import static io.nelbo.streams.input.Values.reading;
import static io.nelbo.streams.input.Values.record;
import static io.nelbo.streams.input.Values.singleObject;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

class ObservationAllocationTest {
  private static final int RECORDS = 2_000;
  private static final Schema READING =
      reading(
          field("flow", "'double'"),
          field("count", "['null','long']"),
          field("on", "'boolean'"),
          field("mode", "'string'"),
          field("kind", "{'type':'enum','name':'E','symbols':['A','B']}"));
  private static final Features FEATURES =
      Features.of(
          List.of(
              FeatureSpec.continuous("flow", 0, 1, false),
              FeatureSpec.categorical("count", List.of("900"), true),
              FeatureSpec.binary("on", false),
              FeatureSpec.categorical("mode", List.of("eco", "boost"), false),
              FeatureSpec.categorical("kind", List.of("A", "B"), false)));

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final ObservationReader reader = new ObservationReader(FixedSchemas.of(List.of(READING)));
  private final double[] observation = new double[FEATURES.count()];

  @Test
  void observingADecodedRecordAllocatesNothing() throws BadRecordException {
    List<Decoded> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      records.add(reader.decode(value(i)));
    }
    reader.observe(records.get(0), FEATURES, observation);

    long before = threads.getCurrentThreadAllocatedBytes();
    for (Decoded decoded : records) {
      reader.observe(decoded, FEATURES, observation);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated).isLessThan(RECORDS);
  }

  @Test
  void observingBytesAllocatesNothing() throws BadRecordException {
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      values.add(value(i));
    }
    reader.observe(values.get(0), FEATURES, observation);

    long before = threads.getCurrentThreadAllocatedBytes();
    for (byte[] value : values) {
      reader.observe(value, FEATURES, observation);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated).isLessThan(RECORDS);
  }

  @Test
  void decodingAllocatesWhatAvroDoesAndOneSmallObject() throws Exception {
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      values.add(value(i));
    }
    GenericDatumReader<Object> avro = new GenericDatumReader<>(READING, READING, new GenericData());
    BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(values.get(0), 10, 1, null);
    avro.read(
        null,
        DecoderFactory.get().binaryDecoder(values.get(0), 10, values.get(0).length - 10, null));
    reader.decode(values.get(0));

    long start = threads.getCurrentThreadAllocatedBytes();
    for (byte[] value : values) {
      avro.read(null, DecoderFactory.get().binaryDecoder(value, 10, value.length - 10, decoder));
    }
    long between = threads.getCurrentThreadAllocatedBytes();
    for (byte[] value : values) {
      reader.decode(value);
    }
    long ours = threads.getCurrentThreadAllocatedBytes() - between;

    assertThat(ours - (between - start)).isLessThanOrEqualTo(64L * RECORDS);
  }

  private static byte[] value(int i) {
    GenericData.EnumSymbol kind =
        new GenericData.EnumSymbol(READING.getField("kind").schema(), i % 2 == 0 ? "A" : "B");
    return singleObject(
        READING, record(READING, 0.5 * i, (long) i, i % 3 == 0, i % 2 == 0 ? "boost" : "x", kind));
  }
}
