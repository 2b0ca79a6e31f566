package io.nelbo.model.quality;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What a detector is trained and tested on. */
public enum Protocol {
  /** Trained on a random half of the normal records, tested on all others. */
  SEMI,
  /** Trained on all records without their labels, tested on the same. */
  UNSUP;

  Split split(boolean[] anomalous, long seed) {
    return switch (this) {
      case SEMI -> {
        int[] normals = rows(anomalous.length, row -> !anomalous[row]);
        shuffle(normals, seed);
        boolean[] training = new boolean[anomalous.length];
        for (int row : Arrays.copyOf(normals, normals.length / 2)) {
          training[row] = true;
        }
        yield new Split(
            rows(anomalous.length, row -> training[row]),
            rows(anomalous.length, row -> !training[row]));
      }
      case UNSUP -> {
        int[] all = rows(anomalous.length, row -> true);
        yield new Split(all, all);
      }
    };
  }

  private static int[] rows(int count, IntPredicate wanted) {
    return IntStream.range(0, count).filter(wanted).toArray();
  }

  private static void shuffle(int[] rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = rows.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int row = rows[i];
      rows[i] = rows[j];
      rows[j] = row;
    }
  }
}
