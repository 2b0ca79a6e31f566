package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.model.feature.Observations;
import io.nelbo.model.score.ModelCodec;
import io.nelbo.model.score.Scorer;
import io.nelbo.model.score.TrainedModel;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HardWindowsTest {
  enum Hard {
    SMALLEST,
    CONSTANTS,
    ONE_CONSTANT,
    NEAR_CONSTANT,
    RARELY_NOT_CONSTANT,
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
        case NEAR_CONSTANT -> new double[] {1000 * (1 + 1e-5 * x), 1 + 1e-9 * x};
        case RARELY_NOT_CONSTANT -> new double[] {i == 50 ? 1 : 0, x};
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

    assertFinite(trained);
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
  void oneRowOfEveryKindRepeatedIsNoAlertAndAnotherIs() throws TrainingException {
    Observations window = new Observations(Windows.mixed(1, 0, 1).columns());
    for (int i = 0; i < 300; i++) {
      window.add(new double[] {12.5, 1, window.code(2, "DE"), 7});
    }

    Trained trained = Windows.train(window, Windows.quick(100));

    assertFinite(trained);
    assertThat(pValue(trained.model(), 12.5, 1, 1, 7)).isEqualTo(1);
    assertThat(pValue(trained.model(), 12.5, 0, 0, 14)).isLessThan(0.001);
  }

  @Test
  void wobbleOfAConstantByAThousandthIsNoAlertAndByATenthIs() throws TrainingException {
    Observations window = new Observations(List.of(Windows.number("volts"), Windows.number("x")));
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 2000; i++) {
      window.add(new double[] {-230, random.nextGaussian()});
    }

    TrainedModel model = Windows.train(window, Windows.quick(300)).model();

    assertThat(pValue(model, -230 * 1.001, 0)).isGreaterThan(0.01);
    assertThat(pValue(model, -230 * 0.999, 0)).isGreaterThan(0.01);
    assertThat(pValue(model, -230 * 1.1, 0)).isLessThan(0.001);
    assertThat(pValue(model, -230 * 0.9, 0)).isLessThan(0.001);
  }

  @Test
  void threeHundredRowsOfTwoHundredColumnsKeepTheShareOfAlerts() throws TrainingException {
    Trained trained = Windows.train(wide(300, 4), Windows.quick(100));

    assertFinite(trained);
    Scorer scorer = new Scorer(trained.model());
    int alerts = 0;
    for (double[] fresh : trained.model().features().translate(wide(1000, 5))) {
      assertThat(scorer.score(fresh)).isFinite();
      alerts += scorer.pValue() <= 0.05 ? 1 : 0;
    }
    assertThat(alerts).isBetween(10, 120);
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

  /** Four factors behind two hundred numbers of scales from 1e-9 to 1e9. */
  private static Observations wide(int rows, long seed) {
    Observations window =
        new Observations(IntStream.range(0, 200).mapToObj(j -> Windows.number("x" + j)).toList());
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < rows; i++) {
      double[] factors = {
        random.nextGaussian(), random.nextGaussian(), random.nextGaussian(), random.nextGaussian()
      };
      double[] row = new double[200];
      for (int j = 0; j < row.length; j++) {
        row[j] = Math.pow(10, j % 19 - 9) * (factors[j % 4] + 0.5 * random.nextGaussian());
      }
      window.add(row);
    }
    return window;
  }

  /** Reading a model back checks that every number in it is finite, and its self-test. */
  private static void assertFinite(Trained trained) {
    assertThat(trained.report().trainElbo()).isFinite();
    assertThat(trained.report().validationElbo()).isFinite();
    assertThat(ModelCodec.decode(ModelCodec.encode(trained.model()))).isNotNull();
  }

  private static double pValue(TrainedModel model, double... observation) {
    Scorer scorer = new Scorer(model);
    assertThat(scorer.score(observation)).isFinite();
    assertThat(scorer.contributions(observation.length))
        .allSatisfy(contribution -> assertThat(contribution.nats()).isFinite());
    return scorer.pValue();
  }

  private static void assertScores(TrainedModel model, double[] observation) {
    Scorer scorer = new Scorer(model);
    assertThat(scorer.score(observation)).isFinite();
    assertThat(scorer.pValue()).isBetween(Double.MIN_VALUE, 1.0);
  }
}
