package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import io.nelbo.model.vae.ContinuousLikelihood;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Vae;
import io.nelbo.model.vae.Weights;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingLoopTest {
  @Test
  void givesUpWhenMoreThanOneStepInAHundredHasNoFiniteGradient() {
    TrainingLoop loop = loop(300);

    assertThatThrownBy(() -> run(loop, 3e38f, new double[][] {{1}, {2}}))
        .isInstanceOf(TrainingException.class)
        .hasMessageStartingWith(
            "6 of 6 training steps had a gradient that was not finite, at most 3 of 300 may");
  }

  @Test
  void stopsEarlyWhenHeldOutRowsScoreEverWorse() throws TrainingException {
    TrainingLoop loop = loop(1000);

    // Held out is what training walks away from.
    run(loop, 0, new double[][] {{0}, {0}, {0}});

    assertThat(loop.stepsTaken()).isLessThan(1000);
  }

  private static TrainingLoop loop(int steps) {
    return new TrainingLoop(
        Graphs.engine(), Device.cpu(), steps, Duration.ofMinutes(1), TrainingListener.SILENT);
  }

  private static void run(TrainingLoop loop, float weight, double[][] heldOut)
      throws TrainingException {
    Features features = Features.of(List.of(FeatureSpec.continuous("x", 0, 1, false)));
    Shape shape = new Shape(1, 2, 8, 4, 1, 1);
    float[] weights = new float[Weights.count(shape)];
    Arrays.fill(weights, weight);
    Vae start = new Vae(features, ContinuousLikelihood.GAUSSIAN, 0.01, Weights.of(shape, weights));
    double[][] rows = {{3}, {3.1}, {2.9}, {3.05}};
    loop.run(
        start,
        Objective.NEGATIVE_ELBO,
        manager -> new Minibatches(manager, features, rows, 4, 2, 1),
        new EarlyStop(start, heldOut));
  }
}
