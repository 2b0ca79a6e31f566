package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.feature.Observations;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowSplitTest {
  @ParameterizedTest
  @CsvSource({"300, 100", "1000, 333", "3000, 1000", "3600, 1000", "8000, 2000"})
  void aQuarterCalibratesOrAThousandOrAThird(int rows, int calibrated) throws TrainingException {
    WindowSplit split = WindowSplit.of(window(rows), row -> true, new SplittableRandom(1));

    assertThat(split.calibrated()).hasSize(calibrated);
    assertThat(split.trained()).hasSize(rows - calibrated);
    assertThat(IntStream.concat(IntStream.of(split.trained()), IntStream.of(split.calibrated())))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, rows).boxed().toList());
  }

  @Test
  void rowsThatMayNotBeLearnedFromCalibrateAllTheSame() throws TrainingException {
    WindowSplit split = WindowSplit.of(window(1_000), row -> row >= 500, new SplittableRandom(1));

    assertThat(IntStream.of(split.trained())).allMatch(row -> row >= 500);
    assertThat(IntStream.of(split.calibrated()).filter(row -> row < 500).count())
        .isBetween(130L, 200L);
  }

  private static Observations window(int rows) {
    Observations window = new Observations(List.of(Windows.number("a")));
    for (int row = 0; row < rows; row++) {
      window.add(new double[] {row});
    }
    return window;
  }
}
