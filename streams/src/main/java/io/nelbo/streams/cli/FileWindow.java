package io.nelbo.streams.cli;

import io.nelbo.model.feature.Observations;
import io.nelbo.streams.file.RecordFile;
import io.nelbo.streams.file.RecordReader;
import io.nelbo.streams.input.BadRecordException;
import io.nelbo.streams.input.Decoded;
import io.nelbo.streams.input.FeatureSelection;
import io.nelbo.streams.input.FixedSchemas;
import io.nelbo.streams.input.ObservationReader;
import io.nelbo.streams.input.SchemaColumns;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** All records of files, in order, as a window, with their labels where there are any. */
final class FileWindow {
  private final Observations observations;
  private final BitSet anomalies;

  private FileWindow(Observations observations, BitSet anomalies) {
    this.observations = observations;
    this.anomalies = anomalies;
  }

  /**
   * Reads files. Records that cannot be learned from are left out, and counted on {@code err}.
   *
   * @param files of one schema
   * @param truth where the label stands; null if there is none
   * @throws IllegalArgumentException if the selection cannot be had or leaves no feature
   */
  static FileWindow read(
      List<RecordFile> files, FeatureSelection selection, @Nullable Truth truth, PrintWriter err)
      throws IOException {
    RecordFile first = files.get(0);
    SchemaColumns columns = SchemaColumns.of(first.schema(), selection);
    if (!columns.problems().isEmpty()) {
      throw new IllegalArgumentException(
          first.path() + ": " + String.join("; ", columns.problems()));
    }
    if (columns.columns().isEmpty()) {
      throw new IllegalArgumentException(
          first.path() + " has no column that can be a feature: " + columns.leftOut());
    }
    ObservationReader observer = new ObservationReader(FixedSchemas.of(List.of()));
    FileWindow window = new FileWindow(new Observations(columns.columns()), new BitSet());
    for (RecordFile file : files) {
      window.add(file, observer, truth, err);
    }
    return window;
  }

  private void add(
      RecordFile file, ObservationReader observer, @Nullable Truth truth, PrintWriter err)
      throws IOException {
    int before = observations.size();
    long records = 0;
    String firstBad = "";
    try (RecordReader reader = file.read()) {
      for (GenericRecord record = reader.next(); record != null; record = reader.next()) {
        records++;
        try {
          boolean anomaly = truth != null && truth.isAnomaly(record);
          observer.addTo(observations, decoded(file.schema(), record));
          anomalies.set(observations.size() - 1, anomaly);
        } catch (BadRecordException e) {
          firstBad = firstBad.isEmpty() ? "record " + records + ": " + e.getMessage() : firstBad;
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              file.path() + ", record " + records + ": " + e.getMessage(), e);
        }
      }
    }
    if (!firstBad.isEmpty()) {
      err.printf(
          "%s: left out %,d of %,d records, the first is %s%n",
          file.path(), records - (observations.size() - before), records, firstBad);
    }
  }

  static Decoded decoded(Schema schema, GenericRecord record) {
    return new Decoded(schema, record, SchemaNormalization.parsingFingerprint64(schema));
  }

  Observations observations() {
    return observations;
  }

  boolean[] anomalies() {
    boolean[] all = new boolean[observations.size()];
    anomalies.stream().forEach(row -> all[row] = true);
    return all;
  }

  int anomalyCount() {
    return anomalies.cardinality();
  }

  Observations normals() {
    return observations.select(
        IntStream.range(0, observations.size()).filter(row -> !anomalies.get(row)).toArray());
  }
}
