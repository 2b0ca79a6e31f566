package io.nelbo.streams.cli;

import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.score.Scorer;
import io.nelbo.streams.input.BadRecordException;
import io.nelbo.streams.input.ObservationReader;
import java.util.Arrays;
import java.util.List;

/**
 * How two versions score the same records.
 *
 * @param records that both score
 * @param unreadable records that could not be read, or not be scored by both
 * @param meanFirst the mean score of the first, in nats; NaN of no records, as are the others
 * @param medianShift the median of how much higher the second scores a record, in nats
 * @param alpha at or below which p-value a record counts as flagged
 */
record ScoreShift(
    int records,
    int unreadable,
    double meanFirst,
    double meanSecond,
    double medianShift,
    double alpha,
    int flaggedFirst,
    int flaggedSecond,
    int flaggedBoth) {
  /** At which the trainer counts, unless {@code alert.rate} is above it. */
  private static final double ALPHA = 0.01;

  static ScoreShift of(
      ModelVersion first, ModelVersion second, List<byte[]> values, ObservationReader reader) {
    Scored one = new Scored(first, reader);
    Scored two = new Scored(second, reader);
    double[] shifts = new double[values.size()];
    double[] sums = new double[2];
    int[] flagged = new int[3];
    int records = 0;
    for (byte[] value : values) {
      try {
        double a = one.score(value);
        double b = two.score(value);
        if (Double.isFinite(a) && Double.isFinite(b)) {
          shifts[records++] = b - a;
          sums[0] += a;
          sums[1] += b;
          boolean byFirst = one.scorer.pValue() <= ALPHA;
          boolean bySecond = two.scorer.pValue() <= ALPHA;
          flagged[0] += byFirst ? 1 : 0;
          flagged[1] += bySecond ? 1 : 0;
          flagged[2] += byFirst && bySecond ? 1 : 0;
        }
      } catch (BadRecordException e) {
        // Counted with those that have no score.
      }
    }
    return new ScoreShift(
        records,
        values.size() - records,
        sums[0] / records,
        sums[1] / records,
        median(Arrays.copyOf(shifts, records)),
        ALPHA,
        flagged[0],
        flagged[1],
        flagged[2]);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int n = values.length;
    return n == 0 ? Double.NaN : (values[(n - 1) / 2] + values[n / 2]) / 2;
  }

  private static final class Scored {
    private final ModelVersion version;
    private final ObservationReader reader;
    private final Scorer scorer;
    private final double[] observation;

    Scored(ModelVersion version, ObservationReader reader) {
      this.version = version;
      this.reader = reader;
      scorer = new Scorer(version.model());
      observation = new double[version.model().features().count()];
    }

    double score(byte[] value) throws BadRecordException {
      reader.observe(value, version.model().features(), observation);
      return scorer.score(observation);
    }
  }
}
