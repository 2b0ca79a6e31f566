package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.model.feature.Observations;
import io.nelbo.model.score.Scorer;
import io.nelbo.model.score.TrainedModel;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HardWindowsTest {
  enum Hard {
    SMALLEST,
    CONSTANTS,
    ONE_CONSTANT,
    DUPLICATE_ROWS,
    DUPLICATE_COLUMNS,
    HUGE,
    BEYOND_FLOATS,
    ONE_OUTLIER,
    HALF_MISSING;

    Observations window() {
      SplittableRandom random = new SplittableRandom(1);
      Observations window = new Observations(List.of(Windows.number("x"), Windows.number("y")));
      for (int i = 0; i < (this == SMALLEST ? 100 : 300); i++) {
        window.add(row(i, random.nextGaussian()));
      }
      return window;
    }

    private double[] row(int i, double x) {
      return switch (this) {
        case SMALLEST -> new double[] {x, i};
        case CONSTANTS -> new double[] {0, 7};
        case ONE_CONSTANT -> new double[] {1e6, x};
        case DUPLICATE_ROWS -> new double[] {i % 2, i % 3};
        case DUPLICATE_COLUMNS -> new double[] {x, x};
        case HUGE -> new double[] {1e9 * x, 1e-9 * i};
        case BEYOND_FLOATS -> new double[] {1e60 * x, 1e-60 * i};
        case ONE_OUTLIER -> new double[] {i == 50 ? 1e12 : x, i};
        case HALF_MISSING -> new double[] {i % 4 < 2 ? Double.NaN : i, i % 3 < 2 ? Double.NaN : x};
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Hard.class)
  void areTrainedOnAndScoredInFiniteNumbers(Hard hard) throws TrainingException {
    Trained trained = Windows.train(hard.window(), Windows.quick(100));

    assertThat(trained.report().trainElbo()).isFinite();
    assertThat(trained.report().validationElbo()).isFinite();
    assertScores(trained.model(), new double[] {1e300, -1e300});
    assertScores(trained.model(), new double[] {0, Double.NaN});
  }

  @Test
  void halfOfEveryKindMissingIsNoObstacle() throws TrainingException {
    TrainedModel model = Windows.train(Windows.mixed(500, 0.5, 3), Windows.quick(100)).model();

    assertScores(model, new double[] {50, 1, 2, Double.NaN});
    assertScores(model, new double[] {Double.NaN, Double.NaN, 0, Double.NaN});
  }

  @Test
  void tooFewRowsWithAValueAreRefused() {
    Observations window = new Observations(List.of(Windows.number("x")));
    for (int i = 0; i < 200; i++) {
      window.add(new double[] {i < 99 ? i : Double.NaN});
    }

    assertThatThrownBy(() -> Windows.train(window, Windows.quick(10)))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("at least 100 rows with a value, the window has 99 (of 200)");
  }

  private static void assertScores(TrainedModel model, double[] observation) {
    Scorer scorer = new Scorer(model);
    assertThat(scorer.score(observation)).isFinite();
    assertThat(scorer.pValue()).isBetween(Double.MIN_VALUE, 1.0);
  }
}
