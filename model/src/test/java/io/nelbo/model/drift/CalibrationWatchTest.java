package io.nelbo.model.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.policy.PValueCounts;
import io.nelbo.model.score.Calibration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationWatchTest {
  private static final double ALPHA = 0.01;
  private static final ToDoubleFunction<SplittableRandom> ORDINARY = SplittableRandom::nextGaussian;

  @ParameterizedTest
  @CsvSource({"333, 200, 5", "1000, 100, 8", "1000, 1000, 3", "5000, 300, 3", "25000, 2000, 2"})
  void noAlarmInAThousandIntervalsOfACalibratedModel(int calibrated, int records, int models) {
    for (int model = 0; model < models; model++) {
      SplittableRandom random = new SplittableRandom(calibrated + model);

      double greatest = greatest(calibrated, records, 1_000, ORDINARY, random);

      // By the bound, one model in a hundred may come to 5.
      assertThat(greatest).as("model %d", model).isLessThan(Evidence.ENOUGH);
    }
  }

  @Test
  void theMartingaleHasAMeanOfOneAtMost() {
    SplittableRandom random = new SplittableRandom(3);
    double sum = 0;
    int models = 1_000;
    for (int model = 0; model < models; model++) {
      Calibration calibration = calibration(200, ORDINARY, random);
      PValueCounts interval = interval(calibration, 400, ORDINARY, random);
      sum +=
          Math.pow(10, CalibrationWatch.of(calibration, ALPHA).evidence(List.of(interval)).log10());
    }

    // What is below 1 counts as 1 here, which the greatest of no interval and one is.
    assertThat(sum / models).isLessThan(2);
  }

  @Test
  void aSlightShiftIsLostCalibrationBeforeTheFlaggedShareRises() {
    SplittableRandom random = new SplittableRandom(4);
    Calibration calibration = calibration(5_000, ORDINARY, random);
    CalibrationWatch watch = CalibrationWatch.of(calibration, ALPHA);
    List<PValueCounts> intervals = new ArrayList<>();
    Evidence evidence;
    do {
      intervals.add(interval(calibration, 1_000, r -> 0.3 + r.nextGaussian(), random));
      evidence = watch.evidence(intervals);
    } while (!evidence.isEnough() && intervals.size() < CalibrationWatch.HORIZON);

    assertThat(intervals).hasSizeLessThan(8);
    assertThat(intervals).allMatch(interval -> interval.flaggedShare() <= 3 * ALPHA);
    assertThat(evidence.shift()).isCloseTo(0.12, within(0.04));
    assertThat(evidence.describe())
        .matches(
            "of \\d,\\d{3} records that are not flagged .* have a p-value of 0\\.\\d0 or less where .* are expected, in \\d intervals \\(odds of 1e\\d+\\)");
  }

  @Test
  void aShiftAfterAThousandQuietIntervalsIsSeenAsSoonAsAtTheBeginning() {
    SplittableRandom random = new SplittableRandom(5);
    Calibration calibration = calibration(1_000, ORDINARY, random);
    List<PValueCounts> intervals = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      intervals.add(interval(calibration, 200, ORDINARY, random));
    }
    for (int i = 0; i < 2; i++) {
      intervals.add(interval(calibration, 1_000, r -> 0.8 + r.nextGaussian(), random));
    }

    Evidence evidence = CalibrationWatch.of(calibration, ALPHA).evidence(intervals);

    assertThat(evidence.isEnough()).isTrue();
    assertThat(evidence.intervals()).isEqualTo(2);
  }

  @Test
  void trafficThatHasBecomeTooOrdinaryIsLostCalibrationToo() {
    SplittableRandom random = new SplittableRandom(6);
    Calibration calibration = calibration(1_000, ORDINARY, random);
    PValueCounts calm = interval(calibration, 1_000, r -> r.nextGaussian() - 1, random);

    Evidence evidence = CalibrationWatch.of(calibration, ALPHA).evidence(List.of(calm));

    assertThat(evidence.isEnough()).isTrue();
    assertThat(evidence.shift()).isNegative();
  }

  @Test
  void outliersBesideUnchangedTrafficAreNone() {
    SplittableRandom random = new SplittableRandom(7);
    Calibration calibration = calibration(1_000, ORDINARY, random);
    List<PValueCounts> intervals = new ArrayList<>();
    for (int i = 0; i < CalibrationWatch.HORIZON; i++) {
      intervals.add(
          interval(calibration, 1_000, r -> r.nextInt(10) < 4 ? 8 : r.nextGaussian(), random));
    }

    assertThat(CalibrationWatch.of(calibration, ALPHA).evidence(intervals).isEnough()).isFalse();
  }

  @Test
  void scoresThatManyRecordsShareAreNone() {
    SplittableRandom random = new SplittableRandom(8);
    ToDoubleFunction<SplittableRandom> atoms = r -> Math.min(2, r.nextInt(5));

    double greatest = greatest(1_000, 500, 500, atoms, random);

    assertThat(greatest).isLessThan(Evidence.ENOUGH);
  }

  @Test
  void anAlphaAboveAllBinsButOneLeavesNothingToWatch() {
    SplittableRandom random = new SplittableRandom(9);
    Calibration calibration = calibration(1_000, ORDINARY, random);
    CalibrationWatch watch = CalibrationWatch.of(calibration, 0.9);
    PValueCounts interval = new PValueCounts(0.9);
    interval.add(0.95);

    assertThat(watch.evidence(List.of(interval))).isEqualTo(Evidence.NONE);
    assertThatThrownBy(() -> CalibrationWatch.of(calibration, 0.5).evidence(List.of(interval)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("alpha must be 0.5, was 0.9");
  }

  private static double greatest(
      int calibrated,
      int records,
      int count,
      ToDoubleFunction<SplittableRandom> scores,
      SplittableRandom random) {
    Calibration calibration = calibration(calibrated, scores, random);
    CalibrationWatch watch = CalibrationWatch.of(calibration, ALPHA);
    List<PValueCounts> intervals = new ArrayList<>();
    double greatest = 0;
    for (int i = 0; i < count; i++) {
      intervals.add(interval(calibration, records, scores, random));
      greatest = Math.max(greatest, watch.evidence(intervals).log10());
    }
    return greatest;
  }

  private static Calibration calibration(
      int size, ToDoubleFunction<SplittableRandom> scores, SplittableRandom random) {
    return Calibration.fit(
        DoubleStream.generate(() -> scores.applyAsDouble(random)).limit(size).toArray());
  }

  private static PValueCounts interval(
      Calibration calibration,
      int records,
      ToDoubleFunction<SplittableRandom> scores,
      SplittableRandom random) {
    PValueCounts counts = new PValueCounts(ALPHA);
    for (int i = 0; i < records; i++) {
      counts.add(calibration.pValue(scores.applyAsDouble(random)));
    }
    return counts;
  }
}
