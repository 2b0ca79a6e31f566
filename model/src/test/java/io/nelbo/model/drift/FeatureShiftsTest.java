package io.nelbo.model.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.drift.FeatureShift.What;
import io.nelbo.model.feature.Column;
import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import io.nelbo.model.feature.Observations;
import io.nelbo.model.feature.TrainingFigures;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class FeatureShiftsTest {
  private static final int LOAD = 0;
  private static final int FIXED = 1;
  private static final int RUNNING = 2;
  private static final int MODE = 3;

  private final Features features = Features.fit(window(4_000, 1, UnaryOperator.identity()));

  @Test
  void recordsOfTheSameKindHaveNotShifted() {
    assertThat(shifts(UnaryOperator.identity())).isEmpty();
  }

  @Test
  void aShiftedMeanIsNamedWithBothFigures() {
    List<FeatureShift> shifts = shifts(row -> with(row, LOAD, row[LOAD] + 30));

    assertThat(shifts).hasSize(1);
    assertThat(shifts.get(0).what()).isEqualTo(What.MEAN);
    assertThat(shifts.get(0).describe())
        .matches("load: mean 1(29|30|31)\\.\\d instead of (99|100|101)\\.\\d+");
  }

  @Test
  void aSensorThatStandsStillIsNamedByItsSpread() {
    List<FeatureShift> shifts = shifts(row -> with(row, LOAD, 100));

    assertThat(shifts.get(0).what()).isEqualTo(What.SPREAD);
    assertThat(shifts.get(0).describe()).startsWith("load: spread 0.000 instead of ");
  }

  @Test
  void moreMissingValuesAreNamed() {
    SplittableRandom random = new SplittableRandom(9);

    List<FeatureShift> shifts =
        shifts(row -> random.nextInt(2) == 0 ? with(row, LOAD, Double.NaN) : row);

    assertThat(shifts.get(0).what()).isEqualTo(What.MISSING);
    assertThat(shifts.get(0).describe())
        .matches("load: missing in 5\\d\\.\\d % instead of \\d+\\.\\d %");
  }

  @Test
  void unknownValuesAreNamed() {
    SplittableRandom random = new SplittableRandom(8);

    List<FeatureShift> shifts =
        shifts(row -> row[MODE] == 1 && random.nextBoolean() ? with(row, MODE, 2) : row);

    assertThat(shifts.get(0).what()).isEqualTo(What.OTHER);
    assertThat(shifts.get(0).describe())
        .matches("mode: \\d+\\.\\d % unknown values instead of 0\\.0 %");
  }

  @Test
  void sharesOfKnownValuesAreNamed() {
    List<FeatureShift> shifts = shifts(row -> with(with(row, RUNNING, 1), MODE, 0));

    assertThat(shifts).extracting(FeatureShift::what).containsExactly(What.SHARE, What.SHARE);
    assertThat(shifts)
        .extracting(FeatureShift::describe)
        .anyMatch(text -> text.matches("running true: 100\\.0 % instead of 2\\d\\.\\d %"))
        .anyMatch(text -> text.matches("mode (ECO|FAST): .*"));
  }

  @Test
  void aConstantMayWobbleButNotMove() {
    SplittableRandom random = new SplittableRandom(10);

    List<FeatureShift> wobble = shifts(row -> with(row, FIXED, 50 + 0.01 * random.nextGaussian()));
    List<FeatureShift> moved = shifts(row -> with(row, FIXED, 60));

    assertThat(wobble).isEmpty();
    assertThat(moved.get(0).describe()).isEqualTo("fixed: mean 60.00 instead of 50.00");
  }

  @Test
  void whatIsNotKnownOfTheTrainingWindowIsNotCompared() {
    Features old =
        Features.of(
            features.specs().stream().map(spec -> spec.with(TrainingFigures.UNKNOWN)).toList());
    double[][] records =
        old.translate(window(500, 2, row -> with(with(row, RUNNING, 1), LOAD, Double.NaN)));

    assertThat(FeatureShifts.most(old, records, 3)).isEmpty();
    assertThat(old.specs()).allMatch(spec -> spec.figures().shares().isEmpty());
  }

  @Test
  void theFiguresOfTheTrainingWindowAreLearnedWithTheFeatures() {
    FeatureSpec mode = features.specs().get(MODE);

    assertThat(mode.figures().shares()).hasSize(3);
    assertThat(mode.figures().shares().stream().mapToDouble(s -> s).sum())
        .isCloseTo(1, within(1e-9));
    assertThat(features.specs().get(LOAD).figures().missing()).isBetween(0.05, 0.15);
    assertThat(features.specs().get(FIXED).isConstant()).isTrue();
    assertThat(features.specs().get(LOAD).isConstant()).isFalse();
  }

  private List<FeatureShift> shifts(UnaryOperator<double[]> change) {
    return FeatureShifts.most(features, features.translate(window(500, 2, change)), 3);
  }

  private static double[] with(double[] row, int column, double value) {
    double[] changed = row.clone();
    changed[column] = value;
    return changed;
  }

  /** A number that may be missing, a constant, a switch and a mode, the third of which is rare. */
  private static Observations window(int rows, long seed, UnaryOperator<double[]> change) {
    Observations window =
        new Observations(
            List.of(
                new Column("load", FeatureKind.CONTINUOUS, true),
                new Column("fixed", FeatureKind.CONTINUOUS, false),
                new Column("running", FeatureKind.BINARY, false),
                new Column("mode", FeatureKind.CATEGORICAL, false)));
    window.code(MODE, "ECO");
    window.code(MODE, "FAST");
    window.code(MODE, "NEW");
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < rows; i++) {
      double load = random.nextInt(10) == 0 ? Double.NaN : 100 + 20 * random.nextGaussian();
      window.add(
          change.apply(new double[] {load, 50, random.nextInt(4) == 0 ? 1 : 0, random.nextInt(2)}));
    }
    return window;
  }
}
