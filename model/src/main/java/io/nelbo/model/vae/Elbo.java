package io.nelbo.model.vae;

/** Evaluates the negative ELBO of observations under one model. NOT thread safe. */
public final class Elbo {
  public Elbo(Vae vae, float[] noise) {}

  /** Returns the negative ELBO of an observation in nats; higher is more anomalous. */
  public double negative(double[] observation) {
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

  /** The part of {@link #reconstruction} that is one feature's, in nats; 0 if it was missing. */
  public double nats(int feature) {
    throw new UnsupportedOperationException();
  }
}
