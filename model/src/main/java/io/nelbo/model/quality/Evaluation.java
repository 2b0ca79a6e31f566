package io.nelbo.model.quality;

import io.nelbo.model.feature.Observations;
import io.nelbo.model.score.Scorer;
import io.nelbo.model.train.Trained;
import io.nelbo.model.train.TrainingConfig;
import io.nelbo.model.train.TrainingException;
import io.nelbo.model.train.TrainingListener;
import io.nelbo.model.train.VaeTrainer;
import java.time.Instant;

/**
 * The quality of the VAE on labelled observations under one protocol.
 *
 * @param features how many features the model has
 * @param trained how many records it was given to train and calibrate on
 * @param alerts what its own p-values flag at {@code alertRate}
 * @param seconds of training and scoring
 */
public record Evaluation(
    Protocol protocol,
    long seed,
    int features,
    int trained,
    Ranking ranking,
    double alertRate,
    Alarms alerts,
    double seconds) {

  /**
   * Trains and tests a model.
   *
   * @param anomalous the truth, one a row of the data
   * @param config whose seed also draws the protocol's split
   * @throws IllegalArgumentException if the rows to test are not of both kinds
   */
  public static Evaluation vae(
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
    // The rows have no event time, and none is used in training.
    Trained trained =
        VaeTrainer.train(
            data.select(split.training()), Instant.EPOCH, Instant.EPOCH, config, listener);
    double[][] observations = trained.model().vae().features().translate(data.select(test));
    Scorer scorer = new Scorer(trained.model());
    double[] scores = new double[test.length];
    boolean[] flagged = new boolean[test.length];
    boolean[] truth = new boolean[test.length];
    for (int i = 0; i < test.length; i++) {
      scores[i] = scorer.score(observations[i]);
      flagged[i] = scorer.pValue() <= alertRate;
      truth[i] = anomalous[test[i]];
    }
    return new Evaluation(
        protocol,
        config.seed(),
        trained.model().vae().features().count(),
        split.training().length,
        Ranking.of(scores, truth),
        alertRate,
        Alarms.of(flagged, truth),
        (System.nanoTime() - start) / 1e9);
  }
}
