package io.nelbo.model.vae;

import io.nelbo.model.feature.Features;
import java.util.Arrays;

/**
 * Evaluates the negative ELBO of a block of observations under one model, one a lane, each to the
 * bits that {@link Elbo} gives; the continuous features are Gaussian. Holds scratch space and
 * allocates nothing per block. NOT thread safe.
 */
final class BlockElbo {
  private final Features features;
  private final Network network;
  private final int width;
  private final Prior prior;
  private final Encoder encoder;
  private final Decoder decoder;
  private final float[] input;
  private final double[] sigma; // padded
  private final double[] variance;
  private final double[] noise; // ε, the same in each lane; none if evaluated at z = μ
  private final double[] above; // z = μ + σ⊙ε
  private final double[] below; // z = μ − σ⊙ε
  private final double[][] parameters; // one a sample
  private final GaussianNats gaussians;
  private final DiscreteNats discrete;
  private final double[] reconstructions;
  private final double[] kls;

  /**
   * Prepares the evaluation.
   *
   * @param noise ε of the antithetic pair ±ε, one a latent; empty evaluates at z = μ
   * @param network of the VAE's weights
   */
  BlockElbo(Vae vae, float[] noise, Network network) {
    features = vae.features();
    this.network = network;
    width = network.products.width();
    prior = Prior.of(vae.weights());
    Room room = new Room();
    encoder = new Encoder(network, room);
    decoder = new Decoder(network, room);
    int latent = vae.shape().latent();
    input = new float[features.inputs() * width];
    sigma = new double[Products.paddedDoubles(latent) * width];
    variance = new double[latent * width];
    this.noise = new double[noise.length * width];
    for (int i = 0; i < this.noise.length; i++) {
      this.noise[i] = noise[i / width];
    }
    above = new double[latent * width];
    below = new double[latent * width];
    parameters = new double[noise.length == 0 ? 1 : 2][];
    Arrays.setAll(parameters, s -> decoder.newParameters());
    gaussians = new GaussianNats(features, network.products, parameters);
    discrete = new DiscreteNats(features, vae.discreteFloor(), network.products, parameters);
    reconstructions = new double[width];
    kls = new double[width];
  }

  /** Evaluates the first of the observations, as many as there are lanes or fewer. */
  void evaluate(double[][] observations, int count) {
    features.writeInput(
        observations, count, input, gaussians.standardised(), gaussians.ordinary(), width);
    gaussians.observe(count);
    encoder.encode(input);
    diverge(count);
    if (noise.length == 0) {
      decoder.decode(encoder.mu(), parameters[0]);
    } else {
      draw();
      decoder.decode(above, parameters[0], below, parameters[1]);
    }
    gaussians.sum(count);
    discrete.observe(observations, count);
    for (int lane = 0; lane < count; lane++) {
      reconstructions[lane] = gaussians.nats(lane) + discrete.nats(observations[lane], lane);
    }
  }

  private void diverge(int count) {
    float[] logVariance = encoder.logVariance();
    for (int i = 0; i < logVariance.length; i++) {
      sigma[i] = 0.5 * logVariance[i];
    }
    network.products.exp(sigma);
    for (int i = 0; i < variance.length; i++) {
      variance[i] = sigma[i] * sigma[i];
    }
    for (int lane = 0; lane < count; lane++) {
      kls[lane] = prior.divergence(encoder.mu(), logVariance, variance, width, lane);
    }
  }

  private void draw() {
    double[] mu = encoder.mu();
    for (int i = 0; i < above.length; i++) {
      double step = sigma[i] * noise[i];
      above[i] = mu[i] + step;
      below[i] = mu[i] - step;
    }
  }

  /**
   * The expected negative log-likelihood, in nats, of the observation in a lane; NaN if its
   * variances are so great that only {@link Elbo} can tell.
   */
  double reconstruction(int lane) {
    return reconstructions[lane];
  }

  /** The KL divergence, or its bound, in nats, of the observation in a lane. */
  double kl(int lane) {
    return kls[lane];
  }
}
