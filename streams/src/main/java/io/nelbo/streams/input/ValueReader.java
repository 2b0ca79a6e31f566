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
    Object value = readAll(bytes, offset);
    if (value instanceof GenericRecord record) {
      return new Decoded(record.getSchema(), record, fingerprint);
    }
    throw new BadRecordException(
        Reason.NO_FEATURE, "value is not a record but " + schema.getType().getName());
  }

  private Object readAll(byte[] bytes, int offset) throws BadRecordException {
    try {
      decoder = DecoderFactory.get().binaryDecoder(bytes, offset, bytes.length - offset, decoder);
      Object value = reader.read(null, decoder);
      if (!decoder.isEnd()) {
        throw undecodable("there are bytes after its end");
      }
      return value;
    } catch (IOException | RuntimeException e) {
      throw undecodable(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    } catch (StackOverflowError e) {
      throw nestedTooDeeply();
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
    } catch (StackOverflowError e) {
      throw nestedTooDeeply();
    }
  }

  // A schema that holds itself lets a few bytes nest as deeply as they like.
  private BadRecordException nestedTooDeeply() {
    return undecodable("it is nested too deeply");
  }

  private BadRecordException undecodable(String why) {
    return new BadRecordException(
        Reason.UNDECODABLE, "value cannot be read as " + schema.getFullName() + ": " + why);
  }
}
