package io.nelbo.model.train;

import io.nelbo.model.feature.Observations;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * A seeded random split of a window's usable rows, those with at least one value, into rows to
 * train on and rows to calibrate with.
 *
 * <p>A quarter calibrates, but 1,000 rows where that leaves two thirds to train on, and a third of
 * a smaller window: 1,000 rows give 667 and 333.
 */
public final class WindowSplit {
  /** Fewer usable rows than this teach nothing worth an alert. */
  static final int MIN_ROWS = 100;

  private static final int ENOUGH_TO_CALIBRATE = 1_000;

  private final int[] trained;
  private final int[] calibrated;

  private WindowSplit(int[] trained, int[] calibrated) {
    this.trained = trained;
    this.calibrated = calibrated;
  }

  /**
   * Splits a window.
   *
   * @param learnable the rows that may be trained on; all of them may calibrate
   * @throws TrainingException if it is too small
   */
  public static WindowSplit of(Observations window, IntPredicate learnable, SplittableRandom random)
      throws TrainingException {
    int[] rows = usable(window);
    requireEnough(rows.length, window, "with a value");
    shuffle(rows, random);
    int calibrating = Math.min(Math.max(rows.length / 4, ENOUGH_TO_CALIBRATE), rows.length / 3);
    int training = rows.length - calibrating;
    int[] trained = Arrays.stream(rows, 0, training).filter(learnable).toArray();
    requireEnough(trained.length + calibrating, window, "that may be learned from");
    return new WindowSplit(trained, Arrays.copyOfRange(rows, training, rows.length));
  }

  private static void requireEnough(int rows, Observations window, String which)
      throws TrainingException {
    if (rows < MIN_ROWS) {
      throw new TrainingException(
          "training needs at least "
              + MIN_ROWS
              + " rows "
              + which
              + ", the window has "
              + rows
              + " (of "
              + window.size()
              + "): wait for more records or widen the window");
    }
  }

  private static int[] usable(Observations window) {
    int[] rows = new int[window.size()];
    int count = 0;
    for (int row = 0; row < window.size(); row++) {
      for (int column = 0; column < window.columns().size(); column++) {
        if (!Double.isNaN(window.value(row, column))) {
          rows[count++] = row;
          break;
        }
      }
    }
    return Arrays.copyOf(rows, count);
  }

  static void shuffle(int[] values, SplittableRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int value = values[i];
      values[i] = values[other];
      values[other] = value;
    }
  }

  /** The rows to train on, in random order; do not modify. */
  public int[] trained() {
    return trained;
  }

  /** The rows to calibrate with, in random order; do not modify. */
  public int[] calibrated() {
    return calibrated;
  }
}
