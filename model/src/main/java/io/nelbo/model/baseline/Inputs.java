package io.nelbo.model.baseline;

import io.nelbo.model.feature.Features;
import java.util.SplittableRandom;

/** Observations as the encoder sees them: standardised, one-hot, masked, 0 where missing. */
final class Inputs {
  /** More rows would move a covariance by less than its use can tell. */
  static final int MAX_ROWS = 20_000;

  private Inputs() {}

  /** Returns the inputs of a seeded random {@value #MAX_ROWS} of the observations, or of all. */
  static float[][] sample(Features features, double[][] observations, SplittableRandom random) {
    double[][] rows = observations.clone();
    int count = Math.min(MAX_ROWS, rows.length);
    float[][] inputs = new float[count][features.inputs()];
    for (int i = 0; i < count; i++) {
      if (count < rows.length) {
        int other = random.nextInt(i, rows.length);
        double[] drawn = rows[other];
        rows[other] = rows[i];
        rows[i] = drawn;
      }
      features.writeInput(rows[i], inputs[i]);
    }
    return inputs;
  }
}
