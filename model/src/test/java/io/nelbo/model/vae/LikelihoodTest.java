package io.nelbo.model.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LikelihoodTest {
  /** Where v = −6 + softplus(raw + 6) is 0. */
  private static final double UNIT_VARIANCE = Math.log(Math.expm1(6)) - 6;

  @Test
  void standardNormalAtItsMeanHasHalfLogTwoPiNats() {
    assertThat(Likelihood.gaussian(3, 3, UNIT_VARIANCE))
        .isCloseTo(0.9189385332046727, within(1e-12));
    assertThat(Likelihood.gaussian(5, 3, UNIT_VARIANCE))
        .isCloseTo(2.9189385332046727, within(1e-12));
  }

  @Test
  void studentAtItsMeanHasDensityThreeEighths() {
    assertThat(Likelihood.studentT(3, 3, UNIT_VARIANCE)).isCloseTo(-Math.log(0.375), within(1e-12));
    // (1 + 2²/4)^(−5/2)
    assertThat(Likelihood.studentT(5, 3, UNIT_VARIANCE))
        .isCloseTo(-Math.log(0.375) + 2.5 * Math.log(2), within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-50, -6, -2, 0, 2, 4})
  void densitiesIntegrateToOne(double raw) {
    double gaussian = 0;
    double student = 0;
    double scale = Math.exp(0.5 * Likelihood.logVariance(raw));
    double step = 0.01 * scale;
    for (double y = -400 * scale; y < 400 * scale; y += step) {
      gaussian += step * Math.exp(-Likelihood.gaussian(y, 0.3, raw));
      student += step * Math.exp(-Likelihood.studentT(y, 0.3, raw));
    }

    assertThat(gaussian).isCloseTo(1, within(1e-9));
    assertThat(student).isCloseTo(1, within(1e-6));
  }

  @Test
  void varianceHasItsFloorAndIsSmoothWhereTheFormulaChanges() {
    assertThat(Likelihood.logVariance(-1000)).isEqualTo(-6);
    assertThat(Likelihood.logVariance(34.0001)).isCloseTo(34.0001, within(1e-12));
    assertThat(Likelihood.gaussian(2, 1, 34.0001))
        .isCloseTo(Likelihood.gaussian(2, 1, 33.9999), within(2e-4));
  }

  @Test
  void probabilitiesSumToOneAndTheFloorBoundsTheNats() {
    double[] inputs = {9, -80, 80, 0.5};
    double floor = 0.01;

    double sum = 0;
    for (int k = 0; k < 3; k++) {
      sum += Likelihood.probability(inputs, 1, 3, k, floor);
    }

    assertThat(sum).isCloseTo(1, within(1e-12));
    assertThat(Likelihood.categorical(inputs, 1, 3, 0, floor))
        .isCloseTo(-Math.log(floor / 3), within(1e-9));
    assertThat(Likelihood.bernoulli(true, -1e30, floor))
        .isCloseTo(-Math.log(floor / 2), within(1e-9));
    assertThat(Likelihood.bernoulli(true, 1.5, floor))
        .isEqualTo(Likelihood.bernoulli(false, -1.5, floor));
  }
}
