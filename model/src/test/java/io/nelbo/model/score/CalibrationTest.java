package io.nelbo.model.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {
  @Test
  void pValueCountsTheScoresAsHighOrHigher() {
    double[] scores = IntStream.rangeClosed(1, 99).mapToDouble(i -> i).toArray();

    Calibration calibration = Calibration.fit(scores);

    assertThat(calibration.size()).isEqualTo(99);
    assertThat(calibration.pValue(-5)).isEqualTo(1);
    assertThat(calibration.pValue(1)).isEqualTo(1);
    assertThat(calibration.pValue(1.5)).isEqualTo(0.99);
    assertThat(calibration.pValue(50)).isEqualTo(0.51);
    assertThat(calibration.pValue(90)).isEqualTo(0.11);
  }

  @Test
  void tiedScoresAreAllCounted() {
    double[] scores = new double[399];
    Arrays.fill(scores, 0, 200, 1);
    Arrays.fill(scores, 200, 360, 2);
    Arrays.fill(scores, 360, 399, 3);

    Calibration calibration = Calibration.fit(scores);

    assertThat(calibration.pValue(1)).isEqualTo(1);
    assertThat(calibration.pValue(2)).isEqualTo(0.5);
    assertThat(calibration.pValue(2.5)).isEqualTo(0.1);
    assertThat(calibration.pValue(3)).isEqualTo(0.1);
    assertThat(calibration.pValue(3.1)).isBetween(0.01, 0.0999);
  }

  @Test
  void aScoreThatIsAlwaysTheSameIsNoAlarmAndAnotherIs() {
    double[] scores = new double[500];
    Arrays.fill(scores, -7.25);

    Calibration calibration = Calibration.fit(scores);

    assertThat(calibration.pValue(-7.25)).isEqualTo(1);
    assertThat(calibration.pValue(-8)).isEqualTo(1);
    assertThat(calibration.pValue(13)).isBetween(1e-10, 1e-8);
    assertMonotone(calibration, -10, 1e12);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 11, 19, 20, 50, 200, 1_000, 10_000, 10_001, 25_000})
  void pValueNeverRisesAndStaysAboveZeroForAnySizeAndTail(int size) {
    for (ToDoubleFunction<Random> distribution : DISTRIBUTIONS) {
      Random random = new Random(size);
      double[] scores = random.doubles(size).map(u -> distribution.applyAsDouble(random)).toArray();

      Calibration calibration = Calibration.fit(scores);

      double highest = Arrays.stream(scores).max().orElseThrow();
      double lowest = Arrays.stream(scores).min().orElseThrow();
      assertMonotone(calibration, lowest - 1, highest + 1);
      assertMonotone(calibration, highest, highest + 1e3);
      assertMonotone(calibration, highest, 1e12);
      assertThat(calibration.pValue(Double.MAX_VALUE)).isPositive();
      assertThat(calibration.pValue(Double.POSITIVE_INFINITY)).isPositive();
    }
  }

  @Test
  void tailGoesOnFromTheCountWithoutAJump() {
    double[] scores = exponential(2_000, 5);

    Calibration calibration = Calibration.fit(scores);

    Arrays.sort(scores);
    double joint = scores[1_998];
    assertThat(calibration.pValue(joint)).isEqualTo(3 / 2_001.0);
    assertThat(calibration.pValue(Math.nextUp(joint))).isCloseTo(3 / 2_001.0, within(1e-12));
    assertThat(calibration.pValue(joint + 1e-3)).isBetween(2.99 / 2_001, 2.999999 / 2_001);
  }

  @Test
  void scoreAtIsTheInverseOfThePValue() {
    for (ToDoubleFunction<Random> distribution : DISTRIBUTIONS) {
      Random random = new Random(8);
      Calibration calibration =
          Calibration.fit(
              random.doubles(3_000).map(u -> distribution.applyAsDouble(random)).toArray());
      for (double p : new double[] {0.9, 0.5, 0.1, 0.01, 0.005, 1e-3, 1e-4, 1e-5, 1e-7}) {
        double score = calibration.scoreAt(p);

        assertThat(calibration.pValue(score)).isGreaterThanOrEqualTo(p * (1 - 1e-9));
        assertThat(calibration.pValue(score + 1e-9 * (1 + Math.abs(score))))
            .isLessThanOrEqualTo(p * (1 + 1e-9));
      }
    }
  }

  @Test
  void pValuesOfFreshNormalsAreUniform() {
    Calibration calibration = Calibration.fit(exponential(10_000, 1));

    double[] fresh = Arrays.stream(exponential(100_000, 2)).map(calibration::pValue).toArray();

    for (double p : new double[] {0.9, 0.5, 0.2, 0.1, 0.05}) {
      assertThat(shareAtMost(fresh, p)).isCloseTo(p, within(0.02));
    }
    assertThat(shareAtMost(fresh, 0.01)).isBetween(0.008, 0.012);
    // Ten calibration scores are above that; their count scatters by a third.
    assertThat(shareAtMost(fresh, 0.001)).isBetween(0.0004, 0.0016);
  }

  @Test
  void aThousandNormalsCalibrateOnAverage() {
    for (ToDoubleFunction<Random> distribution : DISTRIBUTIONS.subList(0, 4)) {
      double onePercent = 0;
      double onePerMille = 0;
      Random random = new Random(3);
      double[] fresh =
          random.doubles(100_000).map(u -> distribution.applyAsDouble(random)).sorted().toArray();
      for (int i = 0; i < 100; i++) {
        Calibration calibration =
            Calibration.fit(
                random.doubles(1_000).map(u -> distribution.applyAsDouble(random)).toArray());
        onePercent += shareAbove(fresh, calibration.scoreAt(0.01)) / 100;
        onePerMille += shareAbove(fresh, calibration.scoreAt(0.001)) / 100;
      }

      assertThat(onePercent).isBetween(0.008, 0.012);
      assertThat(onePerMille).isBetween(0.0007, 0.0015);
    }
  }

  @Test
  void exponentialTailIsRecoveredFarBeyondTheScoresSeen() {
    Calibration calibration = Calibration.fit(exponential(25_000, 4));

    for (double p : new double[] {1e-3, 1e-4, 1e-5, 1e-6}) {
      assertThat(calibration.pValue(-Math.log(p))).isBetween(p / 4, p * 4);
    }
  }

  @Test
  void heavyTailIsRecoveredFarBeyondTheScoresSeen() {
    double[] scores = new Random(6).doubles(25_000).map(u -> Math.pow(1 - u, -0.5)).toArray();

    Calibration calibration = Calibration.fit(scores);

    for (double p : new double[] {1e-3, 1e-4, 1e-5, 1e-6}) {
      assertThat(calibration.pValue(Math.pow(p, -0.5))).isBetween(p / 4, p * 4);
    }
  }

  @Test
  void manyScoresAreThinnedInTheBulkAndExactAtTheTop() {
    double[] scores = IntStream.rangeClosed(1, 250_000).mapToDouble(i -> i).toArray();

    Calibration calibration = Calibration.fit(scores);

    assertThat(calibration.kept()).hasSizeLessThanOrEqualTo(Calibration.MAX_KEPT).isSorted();
    assertThat(calibration.size()).isEqualTo(250_000);
    for (int score = 245_001; score < 249_980; score += 3) {
      assertThat(calibration.pValue(score)).isEqualTo((250_002.0 - score) / 250_001);
    }
    for (int score = 1; score < 245_000; score += 97) {
      double p = (250_002.0 - score) / 250_001;
      assertThat(calibration.pValue(score)).isBetween(p, p + 1.0 / Calibration.EXACT);
    }
  }

  @Test
  void keptScoresRestoreTheSamePValues() {
    Calibration fitted = Calibration.fit(exponential(30_000, 9));

    Calibration restored = Calibration.of(fitted.size(), fitted.kept());

    for (double score = 0; score < 100; score += 0.1) {
      assertThat(restored.pValue(score)).isEqualTo(fitted.pValue(score));
    }
  }

  @Test
  void impossibleScoresAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Calibration.fit(new double[0]))
        .withMessageContaining("0 scores");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Calibration.fit(new double[] {1, Double.NaN}))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Calibration.of(2, new double[] {2, 1}))
        .withMessageContaining("below the one before");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Calibration.of(3, new double[] {1, 2}))
        .withMessageContaining("3 scores");
    Calibration calibration = Calibration.fit(new double[] {1, 2, 3});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> calibration.pValue(Double.NaN))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> calibration.scoreAt(1))
        .withMessageContaining("1.0");
  }

  // The first four are smooth; then an end, a rare cluster, atoms, a tail without a mean.
  private static final List<ToDoubleFunction<Random>> DISTRIBUTIONS =
      List.of(
          random -> -Math.log(1 - random.nextDouble()),
          Random::nextGaussian,
          random -> Math.exp(random.nextGaussian()),
          CalibrationTest::negativeLogLikelihoodOfTenGaussians,
          Random::nextDouble,
          random -> random.nextGaussian() + (random.nextInt(70) == 0 ? 9 : 0),
          random -> 1.5 * Math.floor(-2 * Math.log(1 - random.nextDouble())),
          random -> 1 / (1 - random.nextDouble()));

  private static double negativeLogLikelihoodOfTenGaussians(Random random) {
    return IntStream.range(0, 10).mapToDouble(i -> Math.pow(random.nextGaussian(), 2) / 2).sum();
  }

  private static void assertMonotone(Calibration calibration, double from, double to) {
    double[] pValues = new double[2_001];
    for (int i = 0; i < pValues.length; i++) {
      pValues[i] = -calibration.pValue(from + (to - from) * i / 2_000);
    }
    assertThat(pValues).isSorted();
    assertThat(pValues[0]).isBetween(-1.0, -Double.MIN_NORMAL);
    assertThat(pValues[2_000]).isNegative();
  }

  private static double[] exponential(int count, long seed) {
    return new Random(seed).doubles(count).map(u -> -Math.log(1 - u)).toArray();
  }

  private static double shareAtMost(double[] values, double bound) {
    return Arrays.stream(values).filter(value -> value <= bound).count() / (double) values.length;
  }

  private static double shareAbove(double[] values, double bound) {
    return Arrays.stream(values).filter(value -> value > bound).count() / (double) values.length;
  }
}
