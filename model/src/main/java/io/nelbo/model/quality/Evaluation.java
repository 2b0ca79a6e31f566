package io.nelbo.model.quality;

import io.nelbo.model.feature.Observations;
import io.nelbo.model.train.TrainingConfig;
import io.nelbo.model.train.TrainingException;
import io.nelbo.model.train.TrainingListener;

/**
 * The quality of a detector on labelled observations under one protocol.
 *
 * @param features how many features the detector found
 * @param trained how many records it was given to learn and calibrate on
 * @param alerts what its own p-values flag at {@code alertRate}
 * @param seconds of training and scoring
 */
public record Evaluation(
    Detector detector,
    Protocol protocol,
    long seed,
    int features,
    int trained,
    Ranking ranking,
    double alertRate,
    Alarms alerts,
    double seconds) {

  /**
   * Trains and tests a detector.
   *
   * @param anomalous the truth, one a row of the data
   * @param config whose seed also draws the protocol's split
   * @throws IllegalArgumentException if the rows to test are not of both kinds
   */
  public static Evaluation of(
      Detector detector,
      Observations data,
      boolean[] anomalous,
      Protocol protocol,
      double alertRate,
      TrainingConfig config,
      TrainingListener listener)
      throws TrainingException {
    long start = System.nanoTime();
    Split split = protocol.split(anomalous, config.seed());
    int[] test = split.test();
    FittedDetector fitted = detector.fit(data.select(split.training()), config, listener);
    double[][] observations = fitted.features().translate(data.select(test));
    double[] scores = new double[test.length];
    boolean[] flagged = new boolean[test.length];
    boolean[] truth = new boolean[test.length];
    for (int i = 0; i < test.length; i++) {
      scores[i] = fitted.score().applyAsDouble(observations[i]);
      flagged[i] = fitted.calibration().pValue(scores[i]) <= alertRate;
      truth[i] = anomalous[test[i]];
    }
    return new Evaluation(
        detector,
        protocol,
        config.seed(),
        fitted.features().count(),
        split.training().length,
        Ranking.of(scores, truth),
        alertRate,
        Alarms.of(flagged, truth),
        (System.nanoTime() - start) / 1e9);
  }
}
