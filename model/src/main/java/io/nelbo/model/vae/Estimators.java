package io.nelbo.model.vae;

import java.util.Random;

/**
 * Monte Carlo estimates of log p(x), in nats, for diagnosis: how far the ELBO is from what it
 * bounds.
 *
 * <pre>
 * sampled ELBO         mean_k log w_k,      w_k = p(x|z_k) p(z_k) / q(z_k|x),  z_k ~ q(z|x)
 * importance-weighted  log mean_k w_k       (Burda et al., 2016)
 * naive                log mean_k p(x|z_k)                                     z_k ~ p(z)
 * </pre>
 *
 * In expectation: ELBO ≤ importance-weighted bound, which rises with K, ≤ log p(x). The naive
 * estimate tends to log p(x) as well, but takes far more samples. Each call draws afresh; equal
 * seeds give equal sequences of estimates. NOT thread safe.
 */
public final class Estimators {
  private final Elbo elbo;
  private final Prior prior;
  private final Decoder decoder;
  private final Conditional conditional;
  private final TotalNats nats;
  private final Random random;
  private final double[] z;

  public Estimators(Vae vae, long seed) {
    elbo = new Elbo(vae, new float[0]);
    prior = Prior.of(vae.weights());
    decoder = new Decoder(vae.weights().network(), new Room());
    conditional = new Conditional(vae);
    nats = new TotalNats(vae, vae.weights().network().products, conditional);
    random = new Random(seed);
    z = new double[vae.shape().latent()];
  }

  /** The ELBO with its KL sampled too; one sample is the plainest estimator, and the noisiest. */
  public double sampledElbo(double[] observation, int samples) {
    double sum = 0;
    for (double logWeight : logWeights(observation, samples)) {
      sum += logWeight;
    }
    return sum / samples;
  }

  /** The importance-weighted bound. */
  public double importanceWeighted(double[] observation, int samples) {
    return logMeanExp(logWeights(observation, samples));
  }

  /** The logarithm of the mean likelihood under latents from the prior. */
  public double naive(double[] observation, int samples) {
    requirePositive(samples);
    double[] logLikelihoods = new double[samples];
    for (int k = 0; k < samples; k++) {
      prior.draw(random, z);
      decoder.decode(z, conditional.parameters());
      logLikelihoods[k] = -nats.of(observation);
    }
    return logMeanExp(logLikelihoods);
  }

  /** log p(x|z) + log p(z) − log q(z|x). */
  private double[] logWeights(double[] observation, int samples) {
    requirePositive(samples);
    elbo.negative(observation);
    double[] mu = elbo.mu();
    float[] logVariance = elbo.logVariance();
    double[] logWeights = new double[samples];
    for (int k = 0; k < samples; k++) {
      double logPosterior = 0;
      for (int l = 0; l < z.length; l++) {
        double epsilon = random.nextGaussian();
        z[l] = mu[l] + StrictMath.exp(0.5 * logVariance[l]) * epsilon;
        logPosterior -= 0.5 * (Likelihood.LOG_TWO_PI + logVariance[l] + epsilon * epsilon);
      }
      decoder.decode(z, conditional.parameters());
      logWeights[k] = prior.logDensity(z) - logPosterior - nats.of(observation);
    }
    return logWeights;
  }

  private static double logMeanExp(double[] logs) {
    return LogSum.of(logs) - StrictMath.log(logs.length);
  }

  private static void requirePositive(int samples) {
    if (samples < 1) {
      throw new IllegalArgumentException("samples must be at least 1, was " + samples);
    }
  }
}
