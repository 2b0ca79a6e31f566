package io.nelbo.model.quality;

import io.nelbo.model.feature.Features;
import io.nelbo.model.feature.Observations;
import io.nelbo.model.score.Calibration;
import io.nelbo.model.score.Scorer;
import io.nelbo.model.score.TrainedModel;
import java.util.function.ToDoubleFunction;

/**
 * A detector fitted to a window. NOT thread safe.
 *
 * @param score of an observation of the features; higher is more anomalous
 * @param calibration what such a score means among normal observations
 */
public record FittedDetector(
    Features features, ToDoubleFunction<double[]> score, Calibration calibration) {
  static final int NOT_FINITE = -1;

  public static FittedDetector of(TrainedModel model) {
    return new FittedDetector(model.features(), new Scorer(model)::score, model.calibration());
  }

  /**
   * Returns how many rows have a p-value of {@code alpha} or less; {@value #NOT_FINITE} if a score
   * is not finite.
   */
  int flags(Observations rows, double alpha) {
    int flags = 0;
    for (double[] observation : features.translate(rows)) {
      double value = score.applyAsDouble(observation);
      if (!Double.isFinite(value)) {
        return NOT_FINITE;
      }
      flags += calibration.pValue(value) <= alpha ? 1 : 0;
    }
    return flags;
  }
}
