package io.nelbo.model.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.model.feature.Column;
import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.Observations;
import io.nelbo.model.train.DeviceChoice;
import io.nelbo.model.train.TrainingConfig;
import io.nelbo.model.train.TrainingException;
import io.nelbo.model.train.TrainingListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BaselineTest {
  private static final TrainingConfig QUICK =
      TrainingConfig.defaults().withDevice(DeviceChoice.CPU).withSteps(60);

  @ParameterizedTest
  @CsvSource({"PCA, 4", "GMM, 4", "AUTOENCODER, 4", "RCF, 1.5"})
  void findsABrokenCorrelationThoughEachNumberIsOrdinary(Baseline baseline, double times)
      throws TrainingException {
    FittedBaseline fitted = baseline.fit(correlated(600, 1), QUICK, TrainingListener.SILENT);

    // The first two numbers fall and rise together, as do the last two.
    double broken = fitted.score(new double[] {26, 94, 0.5, 0.5});
    double intact = fitted.score(new double[] {26, 106, 0.5, 0.5});

    assertThat(broken).isGreaterThan(times * Math.abs(intact));
  }

  @ParameterizedTest
  @EnumSource
  void sameWindowAndSeedGiveTheSameScores(Baseline baseline) throws TrainingException {
    Observations window = mixed(300, 2);
    double[] observation = {3, Double.NaN, 1};

    double first = baseline.fit(window, QUICK, TrainingListener.SILENT).score(observation);
    double second = baseline.fit(window, QUICK, TrainingListener.SILENT).score(observation);

    assertThat(second).isEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource
  void aValueNeverSeenIsMoreAnomalousThanACommonOne(Baseline baseline) throws TrainingException {
    FittedBaseline fitted = baseline.fit(mixed(600, 3), QUICK, TrainingListener.SILENT);

    double common = fitted.score(new double[] {1, 1, 1});
    double never = fitted.score(new double[] {1, 1, 0});

    assertThat(never).isGreaterThan(common);
  }

  @ParameterizedTest
  @EnumSource
  void degenerateWindowsGiveFiniteScores(Baseline baseline) throws TrainingException {
    for (Observations window : degenerate()) {
      FittedBaseline fitted = baseline.fit(window, QUICK.withSteps(5), TrainingListener.SILENT);
      int width = fitted.features().count();
      for (double value : new double[] {0, 7, 1e300, -1e300, Double.NaN}) {
        double[] observation = new double[width];
        Arrays.fill(observation, value);
        assertThat(fitted.score(observation)).isFinite();
      }
    }
  }

  @Test
  void aWindowWithoutAValueIsRefused() {
    Observations window = window(2, 3, (random, row) -> new double[] {Double.NaN, Double.NaN});

    assertThatThrownBy(() -> Baseline.PCA.fit(window, QUICK, TrainingListener.SILENT))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("no column of the window has a value");
  }

  /** Constants, copies of a column, one row repeated, one row, fewer rows than columns. */
  private static List<Observations> degenerate() {
    List<Observations> windows = new ArrayList<>();
    windows.add(window(2, 50, (random, row) -> new double[] {7, random.nextGaussian()}));
    windows.add(window(2, 50, (random, row) -> new double[] {row, row}));
    windows.add(window(2, 50, (random, row) -> new double[] {0, 7}));
    windows.add(window(2, 1, (random, row) -> new double[] {3, -1e9}));
    windows.add(window(40, 12, (random, row) -> random.doubles(40).toArray()));
    return windows;
  }

  private interface Rows {
    double[] row(SplittableRandom random, int index);
  }

  private static Observations window(int columns, int size, Rows rows) {
    List<Column> names = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      names.add(new Column("x" + i, FeatureKind.CONTINUOUS, false));
    }
    Observations window = new Observations(names);
    SplittableRandom random = new SplittableRandom(4);
    for (int row = 0; row < size; row++) {
      window.add(rows.row(random, row));
    }
    return window;
  }

  private static Observations correlated(int size, long seed) {
    SplittableRandom noise = new SplittableRandom(seed);
    return window(
        4,
        size,
        (random, row) -> {
          double a = random.nextGaussian();
          double b = random.nextGaussian();
          return new double[] {
            20 + 4 * a + 0.3 * noise.nextGaussian(),
            100 + 4 * a + 0.3 * noise.nextGaussian(),
            b,
            b + 0.1 * noise.nextGaussian()
          };
        });
  }

  /** A number, a flag and a category that go together, a tenth of the numbers missing. */
  private static Observations mixed(int size, long seed) {
    Observations window =
        new Observations(
            List.of(
                new Column("amount", FeatureKind.CONTINUOUS, true),
                new Column("online", FeatureKind.BINARY, true),
                new Column("country", FeatureKind.CATEGORICAL, true)));
    SplittableRandom random = new SplittableRandom(seed);
    String[] countries = {"DE", "FR"};
    for (int i = 0; i < size; i++) {
      int country = random.nextInt(2);
      window.add(
          new double[] {
            random.nextInt(10) == 0 ? Double.NaN : country + 0.2 * random.nextGaussian(),
            random.nextInt(10) < 9 ? country : 1 - country,
            window.code(2, countries[country])
          });
    }
    return window;
  }
}
