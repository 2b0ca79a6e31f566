package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
    try (NDManager manager = Graphs.engine().newBaseManager(Device.cpu())) {
      Minibatches minibatches = new Minibatches(manager, FEATURES, rows(), 100, 2, 1);
      float[] input = minibatches.next(manager).input().toFloatArray();
      Batch second = minibatches.next(manager);
      float[] numbers = numbers(second).toFloatArray();

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
    try (NDManager manager = Graphs.engine().newBaseManager(Device.cpu())) {
      Minibatches minibatches = new Minibatches(manager, FEATURES, rows, 8, 2, 1);
      Batch batch = minibatches.next(manager);

      assertThat(Objects.requireNonNull(batch.present()).toFloatArray()).containsExactly(1, 1, 0);
      assertThat(numbers(batch).toFloatArray()).containsExactly(0.5f, 0, 0);
      assertThat(batch.input().toFloatArray()).containsExactly(0.5f, 0, 0, 1);
    }
  }

  @Test
  void aMissingValueOfAGridGetsNoNoise() {
    Features features = Features.of(List.of(FeatureSpec.continuous("grid", 0, 1, true)));
    double[][] rows = {{1}, {2}, {3}, {4}, {5}, {Double.NaN}};

    try (NDManager manager = Graphs.engine().newBaseManager(Device.cpu())) {
      float[] input =
          new Minibatches(manager, features, rows, 6, 2, 1).next(manager).input().toFloatArray();

      for (int row = 0; row < 6; row++) {
        assertThat(input[2 * row] == 0).isEqualTo(input[2 * row + 1] == 1);
      }
    }
  }

  @Test
  void eachKindFindsItsTargetsAmongTheInputs() {
    Features features =
        Features.of(
            List.of(
                FeatureSpec.categorical("color", List.of("red", "blue"), true),
                FeatureSpec.continuous("size", 1, 2, true),
                FeatureSpec.binary("new", false),
                FeatureSpec.continuous("age", 0, 1, false)));
    double[][] rows = {{2, 5, 1, 7}};

    try (NDManager manager = Graphs.engine().newBaseManager(Device.cpu())) {
      Batch batch = new Minibatches(manager, features, rows, 1, 2, 1).next(manager);

      assertThat(batch.input().toFloatArray()).containsExactly(0, 0, 1, 2, 1, 7, 0, 0);
      assertThat(numbers(batch).toFloatArray()).containsExactly(2, 7);
      assertThat(target(batch, FeatureKind.BINARY).toFloatArray()).containsExactly(1);
      assertThat(target(batch, FeatureKind.CATEGORICAL).toFloatArray()).containsExactly(0, 0, 1);
    }
  }

  @Test
  void everyRowIsDrawnOnceAnOrderButForARestTooSmallForABatch() {
    double[][] rows = new double[10][3];
    for (int i = 0; i < rows.length; i++) {
      rows[i][2] = 0.5 * i;
    }

    try (NDManager manager = Graphs.engine().newBaseManager(Device.cpu())) {
      Minibatches minibatches = new Minibatches(manager, FEATURES, rows, 4, 2, 1);

      for (int order = 0; order < 3; order++) {
        Set<Float> seen = new HashSet<>();
        for (int batch = 0; batch < 2; batch++) {
          NDArray input = minibatches.next(manager).input();
          for (int row = 0; row < 4; row++) {
            seen.add(input.getFloat(row, 2));
          }
        }
        assertThat(seen).hasSize(8);
      }
    }
  }

  private static NDArray numbers(Batch batch) {
    return target(batch, FeatureKind.CONTINUOUS);
  }

  private static NDArray target(Batch batch, FeatureKind kind) {
    return Objects.requireNonNull(batch.targets().get(kind));
  }

  private static double[][] rows() {
    double[][] rows = new double[100][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {3 * (i % 6), i % 2, 100.0 * i};
    }
    return rows;
  }
}
