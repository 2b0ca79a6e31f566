package io.nelbo.model.vae;

import io.nelbo.model.feature.Features;
import java.util.Arrays;
import java.util.List;

/**
 * Evaluates the negative ELBO of observations under an ensemble: the mean over its members, and so
 * are all its parts. What holds of {@link Elbo} holds here: a pure function of observation and
 * model, without allocation. NOT thread safe.
 */
public final class EnsembleElbo {
  private final Elbo[] elbos; // one a member
  private final Expectation expectation;
  private double reconstruction;
  private double kl;

  public EnsembleElbo(Ensemble ensemble) {
    List<Member> members = ensemble.members();
    Features features = ensemble.features();
    elbos = members.stream().map(m -> new Elbo(m.vae(), m.noise())).toArray(Elbo[]::new);
    expectation =
        new Expectation(
            features,
            Arrays.stream(elbos)
                .flatMap(elbo -> Arrays.stream(elbo.conditionals()))
                .toArray(Conditional[]::new));
  }

  /** Returns the negative ELBO of an observation in nats; higher is more anomalous. */
  public double negative(double[] observation) {
    reconstruction = 0;
    kl = 0;
    for (Elbo elbo : elbos) {
      elbo.negative(observation);
      reconstruction += elbo.reconstruction();
      kl += elbo.kl();
    }
    reconstruction /= elbos.length;
    kl /= elbos.length;
    return reconstruction + kl;
  }

  /** The expected negative log-likelihood, in nats, of the last observation. */
  public double reconstruction() {
    return reconstruction;
  }

  /** The KL divergence, or its bound, in nats, of the last observation. */
  public double kl() {
    return kl;
  }

  /** Returns the part of {@link #reconstruction} that is one feature's; 0 if it was missing. */
  public double nats(int feature) {
    double sum = 0;
    for (Elbo elbo : elbos) {
      sum += elbo.nats(feature);
    }
    return sum / elbos.length;
  }

  /** What the decoders expected instead of the last observation; changes with the next. */
  public Expectation expectation() {
    return expectation;
  }
}
