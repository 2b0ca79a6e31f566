package io.nelbo.streams.input;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * A record's value and the schema it was written with.
 *
 * @param fingerprint CRC-64-AVRO of the schema
 */
public record Decoded(Schema writer, GenericRecord record, long fingerprint) {}
