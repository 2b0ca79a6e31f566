package io.nelbo.model.quality;

import io.nelbo.model.feature.Features;
import io.nelbo.model.feature.Observations;
import io.nelbo.model.score.Calibration;
import io.nelbo.model.score.Scorer;
import io.nelbo.model.score.TrainedModel;
import java.util.Arrays;
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
    for (double value : scores(rows)) {
      if (!Double.isFinite(value)) {
        return NOT_FINITE;
      }
      flags += calibration.pValue(value) <= alpha ? 1 : 0;
    }
    return flags;
  }

  double[] scores(Observations rows) {
    return Arrays.stream(features.translate(rows)).mapToDouble(score).toArray();
  }

  /** Returns a p-value for each row; 0 where the score is not finite. */
  double[] pValues(Observations rows) {
    return Arrays.stream(scores(rows))
        .map(value -> Double.isFinite(value) ? calibration.pValue(value) : 0)
        .toArray();
  }
}
