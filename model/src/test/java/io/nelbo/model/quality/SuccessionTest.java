package io.nelbo.model.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.feature.Column;
import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import io.nelbo.model.feature.Observations;
import io.nelbo.model.score.Calibration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuccessionTest {
  /** Its newest fifth holds the numbers from 800 to 999. */
  private static final Observations WINDOW = window(1000);

  @Test
  void whateverIsFiniteMayBeTheFirst() {
    Succession succession =
        Succession.of(flagging(x -> x), null, "none", WINDOW, Admission.ALL, 0.001);

    assertThat(succession).isEqualTo(new Succession(true, "no model was in force"));
  }

  @Test
  void scoresThatAreNotFiniteAreVetoed() {
    FittedDetector broken = flagging(x -> x == 950 ? Double.NaN : x);

    Succession succession = Succession.of(broken, null, "none", WINDOW, Admission.ALL, 0.001);

    assertThat(succession).isEqualTo(new Succession(false, "it gives scores that are not finite"));
  }

  @Test
  void onlyTheNewestFifthIsCounted() {
    FittedDetector flagsTheOld = flagging(x -> x < 800 ? 1e6 : 0);
    FittedDetector flagsTheNew = flagging(x -> x >= 900 ? 1e6 : 0);

    assertThat(Succession.of(flagsTheOld, flagsTheNew, "version 3", WINDOW, Admission.ALL, 0.001))
        .isEqualTo(
            new Succession(true, "flags 0.00 % of the newest 20 % where version 3 flags 50.00 %"));
    assertThat(
            Succession.of(flagsTheNew, flagsTheOld, "version 3", WINDOW, Admission.ALL, 0.001)
                .isAllowed())
        .isFalse();
  }

  @Test
  void whatTheOneInForceCannotScoreSpeaksForItsSuccessor() {
    FittedDetector broken = flagging(x -> Double.NaN);
    FittedDetector flagsAll = flagging(x -> 1e6);

    assertThat(
            Succession.of(flagsAll, broken, "version 3", WINDOW, Admission.ALL, 0.001).isAllowed())
        .isTrue();
  }

  @Test
  void outliersBesideCalibratedTrafficDoNotHoldASuccessorBack() {
    FittedDetector inForce = flagging(x -> x >= 997 ? 1e6 : ordinary(x));

    Succession succession =
        Succession.of(inForce, inForce, "version 3", WINDOW, Admission.TRIMMED, 0.001);

    assertThat(succession.isAllowed()).as(succession.reason()).isTrue();
  }

  @Test
  void aSuccessorThatExplainsNoneOfManyOutliersIsVetoed() {
    FittedDetector inForce = flagging(x -> x >= 980 ? 1e6 : ordinary(x));

    Succession succession =
        Succession.of(inForce, inForce, "version 3", WINDOW, Admission.TRIMMED, 0.001);

    assertThat(succession.isAllowed()).isFalse();
    assertThat(succession.reason()).startsWith("explains 0 of the 20 records that version 3 flags");
  }

  @Test
  void aFewMoreFlagsAreNoOutliersWhereFewScoresCalibrated() {
    ToDoubleFunction<Double> score = x -> x >= 992 ? 1e6 : ordinary(x);

    Succession afterFew =
        Succession.of(
            flagging(score), flagging(score, 100), "it", WINDOW, Admission.TRIMMED, 0.001);
    Succession afterMany =
        Succession.of(
            flagging(score), flagging(score, 1000), "it", WINDOW, Admission.TRIMMED, 0.001);

    assertThat(afterFew)
        .isEqualTo(new Succession(true, "flags 4.00 % of the newest 20 % where it flags 4.00 %"));
    assertThat(afterMany.reason()).startsWith("explains 0 of the 8 records that it flags");
  }

  /** A score as those that calibrate, and never one of the highest. */
  private static double ordinary(double x) {
    return 0.9 * (x * 37 % 200 - 100) / 100;
  }

  /** Scores by a function of the one feature, calibrated on scores around 0. */
  private static FittedDetector flagging(ToDoubleFunction<Double> score) {
    return flagging(score, 1000);
  }

  private static FittedDetector flagging(ToDoubleFunction<Double> score, int calibrated) {
    return new FittedDetector(
        Features.of(List.of(FeatureSpec.continuous("x", 0, 1, false))),
        observation -> score.applyAsDouble(observation[0]),
        Calibration.fit(
            IntStream.range(0, calibrated).mapToDouble(i -> 2.0 * i / calibrated - 1).toArray()));
  }

  private static Observations window(int rows) {
    Observations window = new Observations(List.of(new Column("x", FeatureKind.CONTINUOUS, false)));
    IntStream.range(0, rows).forEach(row -> window.add(new double[] {row}));
    return window;
  }
}
