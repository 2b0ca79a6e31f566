package io.nelbo.streams.demo;

import io.nelbo.model.feature.Column;
import io.nelbo.model.feature.FeatureKind;
import io.nelbo.streams.input.FeatureSelection;
import io.nelbo.streams.input.SchemaColumns;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * The rule that many watch their sensors by: a record is an outlier if one of its numbers is more
 * than three standard deviations from its mean. Learns both from as many records as the first model
 * is trained on. NOT thread safe.
 *
 * <p>Implementation: Welford's running moments.
 */
final class ThreeSigma {
  private final int warmUp;
  private final int[] positions;
  private final long[] counts;
  private final double[] means;
  private final double[] squares;
  private int learned;

  /**
   * Starts to learn.
   *
   * @param warmUp how many records to learn from
   */
  ThreeSigma(Schema schema, int warmUp) {
    this.warmUp = warmUp;
    List<Column> columns = SchemaColumns.of(schema, FeatureSelection.all()).columns();
    positions =
        columns.stream()
            .filter(column -> column.kind() == FeatureKind.CONTINUOUS)
            .mapToInt(column -> schema.getField(column.name()).pos())
            .toArray();
    counts = new long[positions.length];
    means = new double[positions.length];
    squares = new double[positions.length];
  }

  /** Learns from the record while it learns; then says whether the record is an outlier. */
  boolean flags(IndexedRecord record) {
    if (learned < warmUp) {
      learn(record);
      learned++;
      return false;
    }
    for (int i = 0; i < positions.length; i++) {
      if (record.get(positions[i]) instanceof Double value) {
        double deviation = Math.sqrt(squares[i] / counts[i]);
        if (Math.abs(value - means[i]) > 3 * deviation) {
          return true;
        }
      }
    }
    return false;
  }

  private void learn(IndexedRecord record) {
    for (int i = 0; i < positions.length; i++) {
      if (record.get(positions[i]) instanceof Double value) {
        double before = value - means[i];
        means[i] += before / ++counts[i];
        squares[i] += before * (value - means[i]);
      }
    }
  }
}
