package io.nelbo.streams.trainer;

import io.nelbo.model.feature.Observations;
import io.nelbo.streams.input.BadRecordException;
import io.nelbo.streams.input.Decoded;
import io.nelbo.streams.input.FeatureSelection;
import io.nelbo.streams.input.ObservationReader;
import io.nelbo.streams.input.SchemaColumns;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot that has been read: what a model is fitted to.
 *
 * @param observations oldest first
 * @param from the event time of the first observation
 * @param to the event time of the last observation
 * @param skipped how many records of the snapshot could not be read
 * @param whySkipped what was wrong with the last of them; null if there was none
 */
record Window(
    Observations observations, Instant from, Instant to, int skipped, @Nullable String whySkipped) {

  /**
   * Reads a snapshot, twice: first for the schemas its records were written with, whose columns are
   * united, then for the values. That costs less than to keep the decoded records.
   */
  static Window read(
      WindowSnapshot snapshot, ObservationReader reader, FeatureSelection selection) {
    Observations observations =
        new Observations(SchemaColumns.union(writers(snapshot, reader).values(), selection));
    Instant from = Instant.EPOCH;
    Instant to = Instant.EPOCH;
    int skipped = 0;
    String whySkipped = null;
    for (int row = 0; row < snapshot.size(); row++) {
      try {
        reader.addTo(observations, reader.decode(snapshot.value(row)));
        to = snapshot.eventTime(row);
        from = observations.size() == 1 ? to : from;
      } catch (BadRecordException e) {
        skipped++;
        whySkipped = e.reason() + ": " + e.getMessage();
      }
    }
    return new Window(observations, from, to, skipped, whySkipped);
  }

  /**
   * Returns the schemas by fingerprint; the one that the newest record was written with is last.
   */
  private static Map<Long, Schema> writers(WindowSnapshot snapshot, ObservationReader reader) {
    Map<Long, Schema> writers = new LinkedHashMap<>();
    for (int row = 0; row < snapshot.size(); row++) {
      try {
        Decoded decoded = reader.decode(snapshot.value(row));
        writers.remove(decoded.fingerprint());
        writers.put(decoded.fingerprint(), decoded.writer());
      } catch (BadRecordException e) {
        // Counted when the values are read.
      }
    }
    return writers;
  }
}
