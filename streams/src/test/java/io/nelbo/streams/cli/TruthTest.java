package io.nelbo.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TruthTest {
  private static final Schema SCHEMA =
      SchemaBuilder.record("r").fields().requiredString("label").endRecord();
  private final Truth truth = new Truth(SCHEMA.getField("label"));

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.0", "false", "No", "normal", " BENIGN ", "ok"})
  void wordsForNormalAreNormal(String label) {
    assertThat(truth.isAnomaly(labelled(label))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "true", "neptune", "yes", "-1"})
  void everyOtherLabelIsAnAnomaly(String label) {
    assertThat(truth.isAnomaly(labelled(label))).isTrue();
  }

  @Test
  void numbersAndFlagsAreAnomaliesUnlessZeroOrFalse() {
    assertThat(truth.isAnomaly(labelled(0L))).isFalse();
    assertThat(truth.isAnomaly(labelled(0.5))).isTrue();
    assertThat(truth.isAnomaly(labelled(true))).isTrue();
    assertThat(truth.isAnomaly(labelled(false))).isFalse();
  }

  @Test
  void missingLabelIsRefused() {
    assertThatThrownBy(() -> truth.isAnomaly(new GenericData.Record(SCHEMA)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("label label is missing");
  }

  private static GenericRecord labelled(Object label) {
    GenericRecord record = new GenericData.Record(SCHEMA);
    record.put("label", label);
    return record;
  }
}
