package io.nelbo.model.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogGammaTest {
  @Test
  void itIsTheLogarithmOfFactorials() {
    double factorials = 0;
    for (int n = 1; n < 200; n++) {
      assertThat(LogGamma.of(n)).isCloseTo(factorials, within(1e-11 * Math.max(1, factorials)));
      factorials += Math.log(n);
    }
  }

  @Test
  void itIsKnownAtOneHalf() {
    assertThat(LogGamma.of(0.5)).isCloseTo(0.5 * Math.log(Math.PI), within(1e-12));
  }
}
