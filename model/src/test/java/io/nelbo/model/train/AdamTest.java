package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AdamTest {
  @Test
  void findsTheMinimumOfAParabola() {
    Adam adam = new Adam(new float[] {1, -2});

    for (int i = 0; i < 2000; i++) {
      float[] w = adam.weights();
      adam.step(new float[] {w[0] - 3, 10 * (w[1] - 4)}, 0.01);
    }

    assertThat(adam.weights()[0]).isCloseTo(3, within(0.01f));
    assertThat(adam.weights()[1]).isCloseTo(4, within(0.01f));
    assertThat(adam.average()[0]).isCloseTo(3, within(0.01f));
  }

  @Test
  void aGradientThatIsNotFiniteChangesNothing() {
    Adam adam = new Adam(new float[] {1, 2});

    boolean taken = adam.step(new float[] {1, Float.NaN}, 0.1);

    assertThat(taken).isFalse();
    assertThat(adam.weights()).containsExactly(1, 2);
    assertThat(adam.average()).containsExactly(1, 2);
  }

  @Test
  void theAverageFollowsTheWeights() {
    Adam adam = new Adam(new float[] {0});

    adam.step(new float[] {-1}, 0.5);

    // Decay of the first step is 1/10.
    assertThat(adam.weights()[0]).isCloseTo(0.5f, within(1e-5f));
    assertThat(adam.average()[0]).isCloseTo(0.45f, within(1e-5f));
  }

  @Test
  void aLongGradientCountsAsOneOfNormFive() {
    Adam steady = new Adam(new float[] {0});
    Adam clipped = new Adam(new float[] {0});

    steady.step(new float[] {5}, 0.1);
    clipped.step(new float[] {5e6f}, 0.1);
    steady.step(new float[] {1}, 0.1);
    clipped.step(new float[] {1}, 0.1);

    assertThat(clipped.weights()[0]).isEqualTo(steady.weights()[0]);
  }
}
