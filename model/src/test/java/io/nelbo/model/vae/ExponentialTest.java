package io.nelbo.model.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExponentialTest {
  @Test
  void isTheExponentialWithinItsBounds() {
    double[] x = new double[80_001];
    for (int j = 0; j < x.length; j++) {
      x[j] = -40 + j * 0.001;
    }
    double[] y = x.clone();

    Exponential.apply(y);

    for (int j = 0; j < x.length; j++) {
      assertThat(y[j] / Math.exp(x[j])).as("exp(%s)", x[j]).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void isHeldAtItsBounds() {
    double[] y = {-1e300, -41, 41, 1e300};

    Exponential.apply(y);

    assertThat(y[0]).isEqualTo(y[1]).isCloseTo(Math.exp(-40), within(1e-25));
    assertThat(y[2]).isEqualTo(y[3]);
    assertThat(y[3] / Math.exp(40)).isCloseTo(1, within(1e-9));
  }
}
