package io.nelbo.streams.input;

import io.nelbo.model.feature.Features;
import io.nelbo.model.feature.Observations;
import io.nelbo.schemas.registry.SchemaRegistry;
import java.util.IdentityHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/**
 * Reads records' values and makes observations of them. NOT thread safe; one a stream task.
 *
 * <p>The encoding is told record by record. A value that starts with {@code C3 01} and a
 * fingerprint that is known is single-object encoded; one that starts with {@code 00} and an id
 * that the schema registry knows is in Confluent's wire format. Bare Avro binary can start with the
 * same bytes by chance (a long of −98, or {@code 00}: the first branch of a union), so a value
 * whose fingerprint or id is not known, or that is not of the registry's schema, is tried as bare
 * binary if {@code value.schema} gives a schema for that. It is taken as such only if it is that
 * schema's to the last byte.
 *
 * <p>Implementation: readers and plans are kept by schema; beside what Avro decodes, a record costs
 * no memory but its {@link Decoded}.
 */
public final class ObservationReader {
  private final SchemaSource schemas;
  private final IdentityHashMap<Schema, ObservationPlans> plans = new IdentityHashMap<>();
  private final KnownReaders byFingerprint = new KnownReaders();
  private final KnownReaders byId = new KnownReaders();
  private final @Nullable SchemaRegistry registry;
  private @Nullable ValueReader bare;

  public ObservationReader(SchemaSource schemas) {
    this.schemas = schemas;
    registry = schemas.registry();
    Schema schema = schemas.bare();
    if (schema != null) {
      bare = new ValueReader(schema, SchemaNormalization.parsingFingerprint64(schema));
    }
  }

  /**
   * Decodes a value, telling its encoding by its first bytes.
   *
   * @throws BadRecordException NULL_VALUE, UNDECODABLE, UNKNOWN_SCHEMA, or NO_FEATURE if the schema
   *     is not that of a record
   * @throws org.apache.kafka.common.KafkaException if the schemas cannot be asked for
   */
  public Decoded decode(byte @Nullable [] value) throws BadRecordException {
    byte[] present = require(value);
    ValueReader named = named(present);
    if (named != null) {
      try {
        return named.read(present, Encoding.header(present));
      } catch (BadRecordException e) {
        throwUnlessMaybeBare(present, e);
      }
    }
    ValueReader expected = expected(present);
    try {
      return expected.read(present, 0);
    } catch (BadRecordException e) {
      throw bare(present, e);
    }
  }

  /**
   * Writes the observation of a model's features, found by name in the value's own schema; NaN
   * where the record lacks one or has it as another kind. The same as {@link #decode} and {@link
   * #observe(Decoded, Features, double[])}, with nothing made on the way.
   *
   * @throws BadRecordException as those two do
   * @throws org.apache.kafka.common.KafkaException if the schemas cannot be asked for
   */
  public void observe(byte @Nullable [] value, Features features, double[] observation)
      throws BadRecordException {
    byte[] present = require(value);
    ValueReader named = named(present);
    if (named != null) {
      try {
        named.observe(present, Encoding.header(present), features, observation);
        return;
      } catch (BadRecordException e) {
        throwUnlessMaybeBare(present, e);
      }
    }
    ValueReader expected = expected(present);
    try {
      expected.observe(present, 0, features, observation);
    } catch (BadRecordException e) {
      throw bare(present, e);
    }
  }

  /**
   * Whether {@link #observe(byte[], Features, double[])} takes a value without asking anyone for
   * the schema that it names.
   */
  public boolean isAtHand(byte @Nullable [] value) {
    if (value == null) {
      return false;
    }
    if (Encoding.looksLikeSingleObject(value)) {
      return byFingerprint.get(Encoding.fingerprint(value)) != null;
    }
    return registry == null
        || !Encoding.looksLikeConfluent(value)
        || byId.get(Encoding.schemaId(value)) != null;
  }

  private static byte[] require(byte @Nullable [] value) throws BadRecordException {
    if (value == null) {
      throw new BadRecordException(Reason.NULL_VALUE, "the record has no value");
    }
    return value;
  }

  /**
   * Returns the reader of the schema that a value names, or null if it names none that is known.
   */
  private @Nullable ValueReader named(byte[] value) {
    if (Encoding.looksLikeSingleObject(value)) {
      return reader(Encoding.fingerprint(value));
    }
    return registry != null && Encoding.looksLikeConfluent(value)
        ? registered(registry, Encoding.schemaId(value))
        : null;
  }

  // Small ids are what bare binary with zeros in it begins with by chance.
  private void throwUnlessMaybeBare(byte[] value, BadRecordException fault)
      throws BadRecordException {
    if (bare == null
        || fault.reason() != Reason.UNDECODABLE
        || !Encoding.looksLikeConfluent(value)) {
      throw fault;
    }
  }

  private ValueReader expected(byte[] value) throws BadRecordException {
    if (bare == null) {
      String unknown = unknown(value);
      throw new BadRecordException(
          Reason.UNKNOWN_SCHEMA,
          unknown == null
              ? "value names no schema; set value.schema if it is bare Avro binary"
              : unknown);
    }
    return bare;
  }

  /** What is wrong with a value that is no bare Avro binary after all, or not good as such. */
  private BadRecordException bare(byte[] value, BadRecordException fault) {
    String unknown = unknown(value);
    return unknown == null || fault.reason() != Reason.UNDECODABLE
        ? fault
        : new BadRecordException(
            Reason.UNKNOWN_SCHEMA, unknown + "; as bare Avro binary, " + fault.getMessage());
  }

  private @Nullable String unknown(byte[] value) {
    if (Encoding.looksLikeSingleObject(value)) {
      return "no schema with fingerprint %016x is known".formatted(Encoding.fingerprint(value));
    }
    if (!Encoding.looksLikeConfluent(value)) {
      return null;
    }
    int id = Encoding.schemaId(value);
    return registry == null
        ? "value names schema id %d of a schema registry, but schema.registry.url is not set"
            .formatted(id)
        : registry.whyUnknown(id);
  }

  private @Nullable ValueReader reader(long fingerprint) {
    ValueReader known = byFingerprint.get(fingerprint);
    if (known != null) {
      return known;
    }
    Schema schema = schemas.find(fingerprint);
    return schema == null
        ? null
        : byFingerprint.put(fingerprint, new ValueReader(schema, fingerprint));
  }

  private @Nullable ValueReader registered(SchemaRegistry registry, int id) {
    ValueReader known = byId.get(id);
    if (known != null) {
      return known;
    }
    Schema schema = registry.find(id);
    return schema == null
        ? null
        : byId.put(id, new ValueReader(schema, SchemaNormalization.parsingFingerprint64(schema)));
  }

  /**
   * Writes the observation of a model's features, found by name in the record's own schema; NaN
   * where the record lacks one or has it as another kind.
   *
   * @throws BadRecordException NOT_FINITE, NO_FEATURE
   */
  public void observe(Decoded decoded, Features features, double[] observation)
      throws BadRecordException {
    plans(decoded).scoring(features).observe(decoded.record(), observation);
  }

  /**
   * Appends the record to a window, whose columns are found by name in the record's own schema.
   *
   * @throws BadRecordException NOT_FINITE, NO_FEATURE; the window is unchanged
   */
  public void addTo(Observations window, Decoded decoded) throws BadRecordException {
    plans(decoded).learning(window.columns()).addTo(window, decoded.record());
  }

  /**
   * Checks that the record can be learned from: what {@link #addTo} would find wrong in a window of
   * the columns of the record's own schema under this selection.
   *
   * @throws BadRecordException NOT_FINITE, NO_FEATURE
   */
  public void check(Decoded decoded, FeatureSelection selection) throws BadRecordException {
    plans(decoded).checking(selection).check(decoded.record());
  }

  private ObservationPlans plans(Decoded decoded) {
    ObservationPlans found = plans.get(decoded.writer());
    if (found == null) {
      found = new ObservationPlans(decoded.writer());
      plans.put(decoded.writer(), found);
    }
    return found;
  }
}
