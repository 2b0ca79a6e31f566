package io.nelbo.streams.input;

import io.nelbo.model.feature.Features;
import io.nelbo.model.feature.Observations;
import org.jspecify.annotations.Nullable;

/** Reads records' values and makes observations of them. NOT thread safe; one a stream task. */
public final class ObservationReader {
  public ObservationReader(SchemaSource schemas) {}

  /**
   * Decodes a value, telling its encoding by its first bytes.
   *
   * @throws BadRecordException NULL_VALUE, UNDECODABLE, UNKNOWN_SCHEMA
   * @throws org.apache.kafka.common.KafkaException if the schemas cannot be asked for
   */
  public Decoded decode(byte @Nullable [] value) throws BadRecordException {
    throw new UnsupportedOperationException();
  }

  /**
   * Writes the observation of a model's features, found by name in the record's own schema; NaN
   * where the record lacks one.
   *
   * @throws BadRecordException NOT_FINITE, NO_FEATURE
   */
  public void observe(Decoded decoded, Features features, double[] observation)
      throws BadRecordException {
    throw new UnsupportedOperationException();
  }

  /**
   * Appends the record to a window, whose columns are found by name in the record's own schema.
   *
   * @throws BadRecordException NOT_FINITE, NO_FEATURE; the window is unchanged
   */
  public void addTo(Observations window, Decoded decoded) throws BadRecordException {
    throw new UnsupportedOperationException();
  }

  /**
   * Checks that the record can be learned from: what {@link #addTo} would find wrong in a window of
   * the columns of the record's own schema under this selection.
   *
   * @throws BadRecordException NOT_FINITE, NO_FEATURE
   */
  public void check(Decoded decoded, FeatureSelection selection) throws BadRecordException {
    throw new UnsupportedOperationException();
  }
}
