package io.nelbo.model.vae;

import io.nelbo.model.feature.Features;

/**
 * Evaluates the negative ELBO of observations under one model.
 *
 * <pre>
 * −ELBO(x) = E_q(z|x)[ −Σ_j log p_j(x_j|z) ] + KL(q(z|x) ‖ p(z))
 * </pre>
 *
 * The KL has a closed form, exact or an upper bound as the {@link Prior} says; the expectation is
 * the mean over z = μ ± σ⊙ε for one fixed ε, or the value at z = μ if there is no noise. Either way
 * the result is a pure function of the observation and the model: the same bits on every instance.
 * Missing values add nothing. The result is finite as long as the weights do not overflow a float,
 * however extreme the observation.
 *
 * <p>Holds scratch space and allocates nothing per observation. NOT thread safe.
 */
public final class Elbo {
  private final Vae vae;
  private final Features features;
  private final float[] noise;
  private final Prior prior;
  private final Conditional[] conditionals; // one a sample
  private final Expectation expectation;
  private final float[] input;
  private final double[] above; // z = μ + σ⊙ε
  private final double[] below; // z = μ − σ⊙ε
  private final double[] observation;
  private final double[] sigma; // padded
  private final double[] variance;
  private boolean settled; // on the network that it stays with
  private Network network;
  private Encoder encoder;
  private Decoder decoder;
  private TotalNats nats;
  private double reconstruction;
  private double kl;

  /**
   * Prepares the evaluation.
   *
   * @param noise ε of the antithetic pair ±ε, one a latent; empty evaluates at z = μ
   */
  public Elbo(Vae vae, float[] noise) {
    this(vae, noise, vae.weights().network());
  }

  /** Prepares the evaluation by a network, which is that of the weights where this gives way. */
  Elbo(Vae vae, float[] noise, Network network) {
    int latent = vae.shape().latent();
    if (noise.length != 0 && noise.length != latent) {
      throw new IllegalArgumentException(
          "noise must be empty or one value for each of "
              + latent
              + " latents, was "
              + noise.length);
    }
    this.vae = vae;
    features = vae.features();
    this.noise = noise.clone();
    prior = Prior.of(vae.weights());
    conditionals = new Conditional[noise.length == 0 ? 1 : 2];
    for (int s = 0; s < conditionals.length; s++) {
      conditionals[s] = new Conditional(vae);
    }
    this.network = network;
    encoder = new Encoder(network, new Room());
    decoder = new Decoder(network, new Room());
    nats = new TotalNats(vae, network.products, conditionals);
    expectation = new Expectation(features, conditionals);
    input = new float[features.inputs()];
    above = new double[latent];
    below = new double[latent];
    observation = new double[features.count()];
    sigma = new double[Products.paddedDoubles(latent)];
    variance = new double[latent];
  }

  /** Returns the negative ELBO of an observation in nats; higher is more anomalous. */
  public double negative(double[] observation) {
    if (observation.length != this.observation.length) {
      throw new IllegalArgumentException(
          "an observation has "
              + this.observation.length
              + " values, one a feature, was given "
              + observation.length);
    }
    if (!settled) {
      settle();
    }
    System.arraycopy(observation, 0, this.observation, 0, observation.length);
    features.writeInput(observation, input);
    encoder.encode(input);
    kl = divergence();
    if (noise.length == 0) {
      decoder.decode(encoder.mu(), conditionals[0].parameters());
    } else {
      draw();
      decoder.decode(above, conditionals[0].parameters(), below, conditionals[1].parameters());
    }
    reconstruction = nats.of(observation);
    return reconstruction + kl;
  }

  /** Goes over to the fastest products once they are compiled; the result is the same. */
  private void settle() {
    if (!Compilation.isOver()) {
      return;
    }
    settled = true;
    if (network != vae.weights().network()) {
      network = vae.weights().network();
      encoder = new Encoder(network, new Room());
      decoder = new Decoder(network, new Room());
      nats = new TotalNats(vae, network.products, conditionals);
    }
  }

  private double divergence() {
    float[] logVariance = encoder.logVariance();
    for (int l = 0; l < logVariance.length; l++) {
      sigma[l] = 0.5 * logVariance[l];
    }
    network.products.exp(sigma);
    for (int l = 0; l < variance.length; l++) {
      variance[l] = sigma[l] * sigma[l];
    }
    return prior.divergence(encoder.mu(), logVariance, variance, 1, 0);
  }

  private void draw() {
    double[] mu = encoder.mu();
    for (int l = 0; l < mu.length; l++) {
      double step = sigma[l] * noise[l];
      above[l] = mu[l] + step;
      below[l] = mu[l] - step;
    }
  }

  /** The expected negative log-likelihood, in nats, of the last observation. */
  public double reconstruction() {
    return reconstruction;
  }

  /** The KL divergence, or its bound, in nats, of the last observation. */
  public double kl() {
    return kl;
  }

  /**
   * Returns the part of {@link #reconstruction} that is one feature's, in nats; 0 if it was
   * missing. Computed at the call: most observations are never asked for their parts.
   */
  public double nats(int feature) {
    double sum = 0;
    for (Conditional conditional : conditionals) {
      sum += conditional.nats(feature, observation[feature]);
    }
    return sum / conditionals.length;
  }

  /** The encoder's mean μ of the last observation, one a latent; do not modify. */
  public double[] mu() {
    return encoder.mu();
  }

  /** The encoder's log σ² of the last observation, one a latent; do not modify. */
  public float[] logVariance() {
    return encoder.logVariance();
  }

  /** What the decoder says at each sample of the last observation. */
  Conditional[] conditionals() {
    return conditionals;
  }

  /** What the decoder expected instead of the last observation; changes with the next. */
  public Expectation expectation() {
    return expectation;
  }

  /**
   * The length, in bits, of the last observation in a code that the model makes possible, where
   * each continuous value is told to a precision of one of its units.
   */
  public double bits() {
    return (reconstruction + kl) / Math.log(2);
  }
}
