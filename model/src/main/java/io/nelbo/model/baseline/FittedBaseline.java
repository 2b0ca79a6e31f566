package io.nelbo.model.baseline;

import io.nelbo.model.feature.Features;
import java.util.function.ToDoubleFunction;

/** A reference detector fitted to a window. Holds scratch space. NOT thread safe. */
public final class FittedBaseline {
  private final Features features;
  private final ToDoubleFunction<double[]> score;

  FittedBaseline(Features features, ToDoubleFunction<double[]> score) {
    this.features = features;
    this.score = score;
  }

  /** What it scores: {@link Features#translate} makes observations of them. */
  public Features features() {
    return features;
  }

  /**
   * Returns the score of an observation: finite, higher is more anomalous, in units that differ
   * from one method to the next.
   */
  public double score(double[] observation) {
    return score.applyAsDouble(observation);
  }
}
