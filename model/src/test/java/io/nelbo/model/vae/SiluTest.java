package io.nelbo.model.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiluTest {
  @Test
  void isTheFormulaToFloatPrecision() {
    for (float x = -60; x < 60; x += 0.0037f) {
      double exact = x / (1 + Math.exp(-(double) x));

      assertThat((double) Silu.of(x))
          .as("silu(%s)", x)
          .isCloseTo(exact, within(2e-7 * Math.max(1, Math.abs(x))));
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, 0, -1e6f, 1e6f})
  void isFiniteEverywhere(float x) {
    assertThat(Silu.of(x)).isFinite().isBetween(-1e-6f * Math.abs(x), Math.max(x, 0) * 1.000001f);
  }
}
