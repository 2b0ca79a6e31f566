package io.nelbo.streams.input;

import io.nelbo.model.feature.Features;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** Reads values in Avro binary written with one schema. NOT thread safe. */
final class ValueReader {
  private final Schema schema;
  private final long fingerprint;
  private final GenericDatumReader<Object> reader;
  private final @Nullable String refusal;
  private final AvroBytes in = new AvroBytes();
  private final Row nothing = new Row();
  private @Nullable Step wellFormed;
  private @Nullable BinaryDecoder decoder;
  private @Nullable DecodePlan plan;

  ValueReader(Schema schema, long fingerprint) {
    this.schema = schema;
    this.fingerprint = fingerprint;
    // A GenericData of our own: no conversions that someone else added to the shared one.
    reader = new GenericDatumReader<>(schema, schema, new GenericData());
    refusal = SchemaLimits.refusal(schema);
  }

  long fingerprint() {
    return fingerprint;
  }

  /**
   * Reads a value that takes all bytes from the offset on. Lengths are checked against the bytes
   * that are there before memory is taken for them.
   *
   * @throws BadRecordException UNDECODABLE; NO_FEATURE if the value is no record
   */
  Decoded read(byte[] bytes, int offset) throws BadRecordException {
    if (refusal != null) {
      throw undecodable(refusal);
    }
    requireWellFormed(bytes, offset);
    Object value = readAll(bytes, offset);
    if (value instanceof GenericRecord record) {
      return new Decoded(record.getSchema(), record, fingerprint);
    }
    throw new BadRecordException(
        Reason.NO_FEATURE, "value is not a record but " + schema.getType().getName());
  }

  /** Refuses what {@link #observe} refuses: what is scored can also be read. */
  private void requireWellFormed(byte[] bytes, int offset) throws BadRecordException {
    if (wellFormed == null) {
      wellFormed = new Skip().over(schema);
    }
    try {
      in.reset(bytes, offset);
      wellFormed.run(in, nothing);
      in.requireEnd();
    } catch (BadRecordException e) {
      throw undecodable(String.valueOf(e.getMessage()));
    }
  }

  private Object readAll(byte[] bytes, int offset) throws BadRecordException {
    try {
      decoder = DecoderFactory.get().binaryDecoder(bytes, offset, bytes.length - offset, decoder);
      return reader.read(null, decoder);
    } catch (IOException | RuntimeException e) {
      throw undecodable(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }
  }

  /**
   * Writes the observation of a model's features that a value makes which takes all bytes from the
   * offset on; what {@link #read} and {@link ObservationPlan#observe} do, at a fraction of the
   * cost.
   *
   * @throws BadRecordException UNDECODABLE, NOT_FINITE, NO_FEATURE
   */
  void observe(byte[] bytes, int offset, Features features, double[] observation)
      throws BadRecordException {
    if (refusal != null) {
      throw undecodable(refusal);
    }
    DecodePlan forFeatures = plan;
    if (forFeatures == null || !forFeatures.isFor(features)) {
      forFeatures = DecodePlan.of(schema, features);
      plan = forFeatures;
    }
    try {
      forFeatures.observe(bytes, offset, observation);
    } catch (BadRecordException e) {
      throw e.reason() == Reason.UNDECODABLE ? undecodable(String.valueOf(e.getMessage())) : e;
    }
  }

  private BadRecordException undecodable(String why) {
    return new BadRecordException(
        Reason.UNDECODABLE, "value cannot be read as " + schema.getFullName() + ": " + why);
  }
}
