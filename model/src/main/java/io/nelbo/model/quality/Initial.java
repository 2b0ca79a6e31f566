package io.nelbo.model.quality;

import io.nelbo.model.train.TrainingException;
import java.util.stream.IntStream;

/**
 * What a detector learns from before it sees anything else: the first records, in order.
 *
 * @param records how many
 * @param onlyNormal whether to pass over anomalies, as if someone had cleaned the beginning
 */
public record Initial(int records, boolean onlyNormal) {
  public Initial {
    if (records < 1) {
      throw new IllegalArgumentException("initial records must be 1 or more, was " + records);
    }
  }

  int[] rows(boolean[] anomalous) throws TrainingException {
    int[] rows =
        IntStream.range(0, anomalous.length)
            .filter(row -> !onlyNormal || !anomalous[row])
            .limit(records)
            .toArray();
    if (rows.length < records) {
      throw new TrainingException(
          "the first %,d %srecords were asked for, there are %,d"
              .formatted(records, onlyNormal ? "normal " : "", rows.length));
    }
    return rows;
  }
}
