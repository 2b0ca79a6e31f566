package io.nelbo.model.vae;

import java.util.stream.Stream;

/**
 * The mean over the samples of −log p(x|z) of whole observations, in nats: the sum of {@link
 * Likelihood}s to a relative 1e-8. Holds scratch space and allocates nothing. NOT thread safe.
 */
final class TotalNats {
  private final boolean gaussian;
  private final Conditional[] samples;
  private final int[] continuous; // features
  private final GaussianNats gaussians;
  private final DiscreteNats discrete;
  private final double[][] lane = new double[1][];

  /** Prepares for samples whose parameters are read at each call. */
  TotalNats(Vae vae, Products products, Conditional... samples) {
    gaussian = vae.likelihood() == ContinuousLikelihood.GAUSSIAN;
    this.samples = samples;
    continuous = new OutputLayout(vae.features()).continuous;
    double[][] parameters =
        Stream.of(samples).map(Conditional::parameters).toArray(double[][]::new);
    gaussians = new GaussianNats(vae.features(), products, parameters);
    discrete = new DiscreteNats(vae.features(), vae.discreteFloor(), products, parameters);
  }

  double of(double[] observation) {
    double sum = gaussian ? gaussian(observation) : Double.NaN;
    return (Double.isNaN(sum) ? oneByOne(observation) : sum) + discrete(observation);
  }

  private double discrete(double[] observation) {
    lane[0] = observation;
    discrete.observe(lane, 1);
    return discrete.nats(observation, 0);
  }

  private double gaussian(double[] observation) {
    gaussians.observe(observation);
    gaussians.sum(1);
    return gaussians.nats(0);
  }

  /** What is not Gaussian, or beyond the bounds. */
  private double oneByOne(double[] observation) {
    double sum = 0;
    for (Conditional sample : samples) {
      for (int j : continuous) {
        sum += sample.nats(j, observation[j]);
      }
    }
    return sum / samples.length;
  }
}
