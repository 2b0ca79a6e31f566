package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MinibatchesTest {
  private static final Features FEATURES =
      Features.of(
          List.of(
              FeatureSpec.continuous("grid", 0, 2, false),
              FeatureSpec.continuous("coin", 0, 1, false),
              FeatureSpec.continuous("far", 0, 1, true)));

  @Test
  void onlyAGridOfFiveToSixtyFourValuesGetsNoise() {
    double[] widths = Dequantization.widths(FEATURES, rows());

    // Values 0, 3, 6, … in scales of 2; two values; one hundred values.
    assertThat(widths).containsExactly(1.5, 0, 0);
  }

  @Test
  void inputAndTargetHoldTheSameNoisyClippedNumbers() {
    Minibatches minibatches = new Minibatches(FEATURES, rows(), 100, 2, new SplittableRandom(1));

    try (NDManager manager = Graphs.engine().newBaseManager(Device.cpu())) {
      float[] input = minibatches.next(manager).input().toFloatArray();
      Batch second = minibatches.next(manager);
      float[] numbers = second.numbers().toFloatArray();

      assertThat(input).isNotEqualTo(second.input().toFloatArray());
      for (int row = 0; row < 100; row++) {
        for (int j = 0; j < 3; j++) {
          float value = numbers[row * 3 + j];
          assertThat(value).isEqualTo(second.input().getFloat(row, j)).isBetween(-10f, 10f);
        }
        assertThat(numbers[row * 3 + 1]).isIn(0f, 1f);
        double grid = numbers[row * 3] / 1.5;
        assertThat(grid).isCloseTo(Math.rint(grid), within(0.5));
      }
    }
  }

  @Test
  void aMissingNumberIsAbsentFromTheTargetAndMarkedAtTheInput() {
    double[][] rows = {{1, 0, Double.NaN}};
    Minibatches minibatches = new Minibatches(FEATURES, rows, 8, 2, new SplittableRandom(1));

    try (NDManager manager = Graphs.engine().newBaseManager(Device.cpu())) {
      Batch batch = minibatches.next(manager);

      assertThat(batch.numbersPresent().toFloatArray()).containsExactly(1, 1, 0);
      assertThat(batch.input().toFloatArray()).containsExactly(0.5f, 0, 0, 1);
    }
  }

  private static double[][] rows() {
    double[][] rows = new double[100][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {3 * (i % 6), i % 2, 100.0 * i};
    }
    return rows;
  }
}
