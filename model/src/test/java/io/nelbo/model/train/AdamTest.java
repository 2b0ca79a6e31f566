package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdamTest {
  private final NDManager manager = Graphs.engine().newBaseManager(Device.cpu());

  @AfterEach
  void free() {
    manager.close();
  }

  @Test
  void findsTheMinimumOfAParabola() {
    Adam adam = new Adam(manager, new float[] {1, -2});

    for (int i = 0; i < 2000; i++) {
      float[] w = adam.weights().toFloatArray();
      step(adam, i, 0.01, w[0] - 3, 10 * (w[1] - 4));
    }

    assertThat(adam.weights().toFloatArray()).containsExactly(new float[] {3, 4}, within(0.01f));
    assertThat(adam.average()).containsExactly(new float[] {3, 4}, within(0.01f));
    assertThat(adam.taken()).isEqualTo(2000);
  }

  @Test
  void aGradientThatIsNotFiniteChangesNothing() {
    Adam adam = new Adam(manager, new float[] {1, 2});
    step(adam, 0, 0.1, 3, 4);
    float[] before = adam.weights().toFloatArray();
    float[] average = adam.average();

    step(adam, 1, 0.1, 1, Float.NaN);
    step(adam, 2, 0.1, Float.NEGATIVE_INFINITY, 1);
    step(adam, 3, 0.1, 3e38f, 3e38f);

    assertThat(adam.taken()).isEqualTo(1);
    assertThat(adam.weights().toFloatArray()).isEqualTo(before);
    assertThat(adam.average()).isEqualTo(average);
  }

  @Test
  void goesOnAfterAGradientThatWasNotFinite() {
    Adam spoiled = new Adam(manager, new float[] {1, 2});
    Adam spared = new Adam(manager, new float[] {1, 2});

    step(spoiled, 0, 0.1, 1, Float.NaN);
    step(spoiled, 1, 0.1, 3, 4);
    step(spared, 1, 0.1, 3, 4);

    assertThat(spoiled.weights().toFloatArray()).isEqualTo(spared.weights().toFloatArray());
  }

  @Test
  void theAverageFollowsTheWeights() {
    Adam adam = new Adam(manager, new float[] {0});

    step(adam, 0, 0.5, -1);

    // Decay of the first step is 1/10.
    assertThat(adam.weights().getFloat(0)).isCloseTo(0.5f, within(1e-5f));
    assertThat(adam.average()[0]).isCloseTo(0.45f, within(1e-5f));
  }

  @Test
  void aLongGradientCountsAsOneOfNormFive() {
    Adam steady = new Adam(manager, new float[] {0});
    Adam clipped = new Adam(manager, new float[] {0});

    step(steady, 0, 0.1, 5);
    step(clipped, 0, 0.1, 5e6f);
    step(steady, 1, 0.1, 1);
    step(clipped, 1, 0.1, 1);

    assertThat(clipped.weights().getFloat(0)).isEqualTo(steady.weights().getFloat(0));
  }

  @Test
  void aStepGoesByTheMeanOfTheRows() {
    Adam one = new Adam(manager, new float[] {0, 0});
    Adam four = new Adam(manager, new float[] {0, 0});

    for (int i = 0; i < 3; i++) {
      stepOfRows(1, one, i, 0.1, 3, 7);
      stepOfRows(4, four, i, 0.1, 12, 28);
    }

    assertThat(four.weights().toFloatArray()).isEqualTo(one.weights().toFloatArray());
  }

  private void step(Adam adam, int step, double learningRate, float... gradient) {
    stepOfRows(1, adam, step, learningRate, gradient);
  }

  private void stepOfRows(float rows, Adam adam, int step, double learningRate, float... gradient) {
    adam.step(
        manager.create(gradient),
        manager.create(rows),
        manager.create(Adam.rate(step, learningRate)),
        manager.create(Adam.share(step)));
  }
}
