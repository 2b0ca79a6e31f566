package io.nelbo.model.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExponentialTest {
  @Test
  void isTheExponentialWithinItsBounds() {
    for (double x = -40; x <= 40; x += 0.001) {
      assertThat(Exponential.of(x) / Math.exp(x)).as("exp(%s)", x).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void isHeldAtItsBounds() {
    assertThat(Exponential.of(-1e300)).isEqualTo(Exponential.of(-40)).isPositive();
    assertThat(Exponential.of(1e300)).isEqualTo(Exponential.of(40)).isFinite();
  }
}
