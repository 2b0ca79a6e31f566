package io.nelbo.model.vae;

import java.util.Random;

/** N(0, I), whose divergence is exact: KL = ½ Σ_l (μ_l² + σ_l² − 1 − log σ_l²). */
record StandardNormalPrior() implements Prior {
  @Override
  public double divergence(
      double[] mu, float[] logVariance, double[] variance, int width, int lane) {
    double sum = 0;
    for (int l = lane; l < mu.length; l += width) {
      sum += mu[l] * mu[l] + variance[l] - 1 - logVariance[l];
    }
    return 0.5 * sum;
  }

  @Override
  public double logDensity(double[] z) {
    double squares = 0;
    for (double value : z) {
      squares += value * value;
    }
    return -0.5 * (squares + z.length * Likelihood.LOG_TWO_PI);
  }

  @Override
  public void draw(Random random, double[] z) {
    for (int l = 0; l < z.length; l++) {
      z[l] = random.nextGaussian();
    }
  }
}
