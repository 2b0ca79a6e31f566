package io.nelbo.model.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogarithmTest {
  @Test
  void isTheLogarithmToARelative1em10() {
    for (int power = -1022; power <= 1023; power++) {
      for (double m = 1; m < 2; m += 1.0 / 64) {
        double x = Math.scalb(m, power);
        double expected = StrictMath.log(x);
        assertThat(Logarithm.of(x)).isCloseTo(expected, within(1e-10 * Math.abs(expected)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1 - 1e-9, 1 + 1e-9, 1 - 1e-15, 1 + 1e-15})
  void keepsItsAccuracyNearOne(double x) {
    double expected = StrictMath.log(x);

    assertThat(Logarithm.of(x)).isCloseTo(expected, within(1e-10 * Math.abs(expected)));
  }

  @Test
  void whatIsNotFiniteStays() {
    assertThat(Logarithm.of(1)).isZero();
    assertThat(Logarithm.of(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Logarithm.of(Double.NaN)).isNaN();
  }
}
