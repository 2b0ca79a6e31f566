package io.nelbo.model.score;

import java.util.List;

/**
 * A trained model with the scratch space to score observations one by one. NOT thread safe; one a
 * stream task. Scoring allocates nothing, contributions do.
 */
public final class Scorer {
  public Scorer(TrainedModel model) {}

  /** Returns the negative ELBO of an observation in nats; higher is more anomalous. */
  public double score(double[] observation) {
    throw new UnsupportedOperationException();
  }

  /** The expected negative log-likelihood, in nats, of the last observation. */
  public double reconstruction() {
    throw new UnsupportedOperationException();
  }

  /** The KL divergence, in nats, of the last observation. */
  public double kl() {
    throw new UnsupportedOperationException();
  }

  /** The p-value of the last score, in (0, 1]. */
  public double pValue() {
    throw new UnsupportedOperationException();
  }

  /** Explains the last score: the features that add most, most first. */
  public List<Contribution> contributions(int atMost) {
    throw new UnsupportedOperationException();
  }

  /** What the KL of the last observation adds beside its mean over the calibration set, in nats. */
  public double klContribution() {
    throw new UnsupportedOperationException();
  }
}
