package io.nelbo.streams.local;

import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * A generated record and, on the side, the truth about it. The truth is never part of the record.
 *
 * @param key what the record is about: a station, a card
 * @param episode the anomaly the record belongs to; null for a normal record
 */
public record Generated(String key, SpecificRecordBase value, @Nullable Episode episode) {}
