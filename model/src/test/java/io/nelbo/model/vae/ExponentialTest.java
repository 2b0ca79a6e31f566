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
  void boundedHoldsWhatIsBeyondAndKeepsNaN() {
    assertThat(Exponential.bounded(-1e300)).isEqualTo(-40);
    assertThat(Exponential.bounded(Double.POSITIVE_INFINITY)).isEqualTo(40);
    assertThat(Exponential.bounded(-39.5)).isEqualTo(-39.5);
    assertThat(Exponential.bounded(Double.NaN)).isNaN();
  }
}
