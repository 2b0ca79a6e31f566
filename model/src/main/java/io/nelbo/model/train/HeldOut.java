package io.nelbo.model.train;

import io.nelbo.model.score.Calibration;
import io.nelbo.model.score.TrainedModel;
import io.nelbo.model.vae.Ensemble;
import io.nelbo.model.vae.EnsembleBlockElbo;
import io.nelbo.model.vae.EnsembleElbo;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Makes a model of trained VAEs with the rows they were not trained on, by the kernel that scores.
 */
final class HeldOut {
  private HeldOut() {}

  static TrainedModel calibrate(Ensemble ensemble, double[][] observations)
      throws TrainingException {
    EnsembleElbo elbo = new EnsembleElbo(ensemble);
    int features = ensemble.features().count();
    double[] scores = new double[observations.length];
    double[] baseline = new double[features + 1];
    for (int row = 0; row < scores.length; row++) {
      scores[row] = elbo.negative(observations[row]);
      if (!Double.isFinite(scores[row])) {
        throw new TrainingException(
            "the trained model scores a row of the window "
                + scores[row]
                + ", scores must be finite: "
                + Arrays.toString(observations[row]));
      }
      for (int j = 0; j < features; j++) {
        baseline[j] += elbo.nats(j) / scores.length;
      }
      baseline[features] += elbo.kl() / scores.length;
    }
    int typical = median(scores);
    return new TrainedModel(
        ensemble, baseline, Calibration.fit(scores), observations[typical], scores[typical]);
  }

  /** The index of the median score: its row shows an ordinary observation. */
  private static int median(double[] scores) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> scores[i]))
        .skip(scores.length / 2)
        .findFirst()
        .orElseThrow();
  }

  /** Returns the mean ELBO of observations, in nats of the record's units. */
  static double meanElbo(Ensemble ensemble, double[][] observations) {
    return -Arrays.stream(EnsembleBlockElbo.negatives(ensemble, observations)).sum()
        / observations.length;
  }
}
