package io.nelbo.model.train;

import io.nelbo.model.vae.Ensemble;
import io.nelbo.model.vae.EnsembleBlockElbo;
import io.nelbo.model.vae.Vae;
import java.util.Arrays;

/**
 * Ends a training that has begun to learn its rows by heart: the score of rows it does not see, at
 * z = μ, is clearly worse than it was, twice running. The weights of the best check are kept then.
 *
 * <p>A tenth of the rows, those that score worst, is left out of the mean, or one outlier would
 * decide. A small rise is no reason: ranking of anomalies still gains while the mean score is flat.
 * The rows are those that calibrate; a choice among ten checks is too coarse to bias p-values.
 */
final class EarlyStop {
  /** Checks a training. */
  static final int CHECKS = 10;

  private static final int MAX_ROWS = 1_000;
  private static final double KEPT = 0.9;
  private static final int PATIENCE = 2;

  /** What counts as clearly worse, in nats a feature. */
  private static final double MARGIN = 0.1;

  private final Vae start;
  private final double[][] observations;
  private float[] best;
  private double bestScore = Double.POSITIVE_INFINITY;
  private int worse;

  /** Watches over a training that begins with {@code start}; without observations, in vain. */
  EarlyStop(Vae start, double[][] observations) {
    this.start = start;
    this.observations = observations;
    best = start.weights().flat();
  }

  /** Checks weights; returns whether to stop. */
  boolean isOver(float[] weights) {
    if (observations.length == 0) {
      return false;
    }
    double score = score(weights);
    if (score < bestScore) {
      bestScore = score;
      best = weights.clone();
    }
    worse = score > bestScore + MARGIN * start.features().count() ? worse + 1 : 0;
    return worse >= PATIENCE;
  }

  /** The best weights checked. */
  float[] best() {
    return best;
  }

  private double score(float[] weights) {
    Ensemble atMean = Ensemble.of(VaeTrainer.withWeights(start, weights), new float[0]);
    int rows = Math.min(MAX_ROWS, observations.length);
    double[] scores = EnsembleBlockElbo.negatives(atMean, Arrays.copyOf(observations, rows));
    Arrays.sort(scores);
    return Arrays.stream(scores, 0, (int) Math.ceil(KEPT * scores.length)).average().orElseThrow();
  }
}
