package io.nelbo.model.quality;

import io.nelbo.model.train.TrainingException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Rows to train on and rows to test on, each in the order of the data. Do not modify. */
final class Split {
  private final int[] training;
  private final int[] test;

  private Split(int[] training, int[] test) {
    this.training = training;
    this.test = test;
  }

  static Split halfOfNormals(boolean[] anomalous, long seed) {
    int[] normals = rows(anomalous.length, row -> !anomalous[row]);
    shuffle(normals, seed);
    boolean[] training = new boolean[anomalous.length];
    for (int row : Arrays.copyOf(normals, normals.length / 2)) {
      training[row] = true;
    }
    return new Split(
        rows(anomalous.length, row -> training[row]),
        rows(anomalous.length, row -> !training[row]));
  }

  static Split everything(int count) {
    int[] all = rows(count, row -> true);
    return new Split(all, all);
  }

  static Split prefix(boolean[] anomalous, Initial initial) throws TrainingException {
    return new Split(initial.rows(anomalous), rows(anomalous.length, row -> true));
  }

  int[] training() {
    return training;
  }

  int[] test() {
    return test;
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
