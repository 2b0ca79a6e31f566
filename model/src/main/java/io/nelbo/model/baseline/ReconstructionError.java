package io.nelbo.model.baseline;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.vae.Elbo;
import io.nelbo.model.vae.Vae;

/**
 * The error of an autoencoder's reconstruction: ½ Σ_j (y_j − ŷ_j)² over the standardised continuous
 * values plus the cross entropy of the discrete ones; what is missing adds nothing. NOT thread
 * safe.
 */
final class ReconstructionError {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private final Elbo elbo;
  private final double[] norms;

  /** Takes an autoencoder: a VAE of which every decoder variance is 1. */
  ReconstructionError(Vae autoencoder) {
    elbo = new Elbo(autoencoder, new float[0]);
    norms = new double[autoencoder.features().count()];
    for (int j = 0; j < norms.length; j++) {
      FeatureSpec spec = autoencoder.features().specs().get(j);
      norms[j] =
          spec.kind() == FeatureKind.CONTINUOUS ? HALF_LOG_TWO_PI + Math.log(spec.scale()) : 0;
    }
  }

  double of(double[] observation) {
    elbo.negative(observation);
    double error = 0;
    for (int j = 0; j < norms.length; j++) {
      error += Double.isNaN(observation[j]) ? 0 : elbo.nats(j) - norms[j];
    }
    return error;
  }
}
