package io.nelbo.streams.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThreeSigmaTest {
  private static final Schema SCHEMA =
      SchemaBuilder.record("R").fields().requiredDouble("x").optionalDouble("y").endRecord();

  private final ThreeSigma rule = new ThreeSigma(SCHEMA, 10_000);

  @BeforeEach
  void learn() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      rule.flags(record(5 + 2 * random.nextGaussian(), i % 2 == 0 ? null : random.nextGaussian()));
    }
  }

  @Test
  void valueWithinThreeDeviationsIsNormal() {
    assertThat(rule.flags(record(5 + 5.7, null))).isFalse();
  }

  @Test
  void valueBeyondThreeDeviationsIsFlagged() {
    assertThat(rule.flags(record(5 - 6.3, null))).isTrue();
  }

  @Test
  void everyNumberCounts() {
    assertThat(rule.flags(record(5, 3.3))).isTrue();
  }

  @Test
  void nothingIsFlaggedWhileLearning() {
    ThreeSigma learning = new ThreeSigma(SCHEMA, 3);

    assertThat(learning.flags(record(0, null))).isFalse();
    assertThat(learning.flags(record(1, null))).isFalse();
    assertThat(learning.flags(record(1_000_000, null))).isFalse();
  }

  private static GenericRecord record(double x, @Nullable Double y) {
    GenericRecord record = new GenericData.Record(SCHEMA);
    record.put("x", x);
    record.put("y", y);
    return record;
  }
}
