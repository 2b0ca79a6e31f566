package io.nelbo.model.vae;

import java.util.Random;

/**
 * A mixture of K Gaussians with diagonal covariances, learned with the network.
 *
 * <pre>
 * p(z) = Σ_c π_c N(z; m_c, diag exp s_c)
 * KL_c = KL(q ‖ N(m_c, diag exp s_c))
 *      = ½ Σ_l [s_cl − log σ_l² − 1 + (σ_l² + (μ_l − m_cl)²) exp(−s_cl)]
 * KL(q ‖ p) ≤ −log Σ_c π_c exp(−KL_c)
 * </pre>
 *
 * The bound (Hershey and Olsen 2007) is exact for K = 1, and may be negative by no more than
 * rounding. It costs K·L multiplications and K exponentials.
 */
final class MixturePrior implements Prior {
  private final double[] logPi; // (K)
  private final double[] logDeterminants; // Σ_l s_cl (K)
  private final double[][] means; // m (K)(L)
  private final double[][] precisions; // exp(−s) (K)(L)

  MixturePrior(Weights weights) {
    int components = weights.shape().components();
    int latent = weights.shape().latent();
    float[] logits = weights.tensor(Tensor.PRIOR_LOGITS);
    float[] m = weights.tensor(Tensor.PRIOR_MEANS);
    float[] s = weights.tensor(Tensor.PRIOR_LOG_VARIANCES);
    logPi = new double[components];
    logDeterminants = new double[components];
    means = new double[components][latent];
    precisions = new double[components][latent];
    for (int c = 0; c < components; c++) {
      logPi[c] = logits[c];
      for (int l = 0; l < latent; l++) {
        int at = c * latent + l;
        logDeterminants[c] += s[at];
        means[c][l] = m[at];
        precisions[c][l] = StrictMath.exp(-s[at]);
      }
    }
    double total = LogSum.of(logPi);
    for (int c = 0; c < components; c++) {
      logPi[c] -= total;
    }
  }

  @Override
  public double divergence(
      double[] mu, float[] logVariance, double[] variance, int width, int lane) {
    double own = 0;
    for (int l = lane; l < logVariance.length; l += width) {
      own += 1 + logVariance[l];
    }
    return -0.5 * own - logMixture(mu, variance, width, lane);
  }

  @Override
  public double logDensity(double[] z) {
    return logMixture(z, new double[z.length], 1, 0) - 0.5 * z.length * Likelihood.LOG_TWO_PI;
  }

  /**
   * log Σ_c π_c exp(−½ Σ_l [s_cl + (v_l + (x_l − m_cl)²) exp(−s_cl)]) in one pass: the sum is held
   * relative to its greatest term so far, so that nothing overflows and nothing is stored.
   */
  private double logMixture(double[] x, double[] v, int width, int lane) {
    double greatest = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (int c = 0; c < logPi.length; c++) {
      double[] m = means[c];
      double[] precision = precisions[c];
      double distance = logDeterminants[c];
      for (int l = 0; l < m.length; l++) {
        int at = l * width + lane;
        double off = x[at] - m[l];
        distance += (v[at] + off * off) * precision[l];
      }
      double log = logPi[c] - 0.5 * distance;
      if (log > greatest) {
        sum = sum * StrictMath.exp(greatest - log) + 1;
        greatest = log;
      } else {
        sum += StrictMath.exp(log - greatest);
      }
    }
    return greatest + StrictMath.log(sum);
  }

  @Override
  public void draw(Random random, double[] z) {
    int c = component(random.nextDouble());
    for (int l = 0; l < z.length; l++) {
      z[l] = means[c][l] + random.nextGaussian() / Math.sqrt(precisions[c][l]);
    }
  }

  private int component(double uniform) {
    double left = uniform;
    int c = 0;
    while (c < logPi.length - 1 && (left -= StrictMath.exp(logPi[c])) >= 0) {
      c++;
    }
    return c;
  }
}
