package io.nelbo.model.vae;

import java.util.Random;

/** The distribution p(z) of the latent before an observation is seen. Immutable. */
sealed interface Prior permits StandardNormalPrior, MixturePrior {
  /** The prior that goes with a network. */
  static Prior of(Weights weights) {
    return weights.shape().components() == 0
        ? new StandardNormalPrior()
        : new MixturePrior(weights);
  }

  /**
   * Returns KL(q ‖ p), in nats, of q = N(μ, diag σ²), or an upper bound of it; never negative but
   * for rounding. Allocates nothing.
   *
   * @param variance σ², one a latent, whose logarithm is {@code logVariance}
   * @param width the observations side by side in each array
   * @param lane the one of them that is meant
   */
  double divergence(double[] mu, float[] logVariance, double[] variance, int width, int lane);

  /** Returns log p(z) in nats. */
  double logDensity(double[] z);

  /** Writes a latent drawn from the prior. */
  void draw(Random random, double[] z);
}
