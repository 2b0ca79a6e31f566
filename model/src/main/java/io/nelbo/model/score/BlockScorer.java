package io.nelbo.model.score;

import io.nelbo.model.vae.EnsembleBlockElbo;

/**
 * A trained model with the scratch space to score the observations that are at hand together, to
 * the bits that {@link Scorer} gives of each and, of a full block, in about half of the time. NOT
 * thread safe; one a stream task. Allocates nothing, once the scratch space is there.
 */
public final class BlockScorer {
  private final Calibration calibration;
  private final EnsembleBlockElbo elbo;

  public BlockScorer(TrainedModel model) {
    calibration = model.calibration();
    elbo = new EnsembleBlockElbo(model.ensemble());
  }

  /**
   * Returns how many observations fill a block: 1 where one by one is the only way. Becomes more
   * once, some seconds after the first model of this JVM.
   */
  public int width() {
    return elbo.width();
  }

  /** Scores the first of the observations, at most {@link #width}. */
  public void score(double[][] observations, int count) {
    elbo.evaluate(observations, count);
  }

  /** The negative ELBO of a scored observation in nats; higher is more anomalous. */
  public double score(int i) {
    return elbo.negative(i);
  }

  /** The expected negative log-likelihood of a scored observation, in nats. */
  public double reconstruction(int i) {
    return elbo.reconstruction(i);
  }

  /** The KL divergence of a scored observation, or its bound, in nats. */
  public double kl(int i) {
    return elbo.kl(i);
  }

  /** The p-value of a score, in (0, 1]. */
  public double pValue(int i) {
    return calibration.pValue(score(i));
  }
}
