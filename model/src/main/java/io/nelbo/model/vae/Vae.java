package io.nelbo.model.vae;

import io.nelbo.model.feature.Features;

/**
 * A variational autoencoder of observations. Immutable, and therefore safe to share; {@link Elbo}
 * evaluates it.
 *
 * @param discreteFloor δ in (0, 1): the share of every binary and categorical distribution that is
 *     spread evenly, which bounds what one discrete feature can add to a score
 */
public record Vae(
    Features features, ContinuousLikelihood likelihood, double discreteFloor, Weights weights) {
  public Vae {
    Shape shape = weights.shape();
    if (shape.inputs() != features.inputs()
        || shape.outputs() != features.outputs()
        || shape.continuous() != features.continuous()) {
      throw new IllegalArgumentException(
          shape
              + " does not fit features with "
              + features.inputs()
              + " inputs, "
              + features.outputs()
              + " outputs, "
              + features.continuous()
              + " continuous");
    }
    if (!(discreteFloor > 0 && discreteFloor < 1)) {
      throw new IllegalArgumentException(
          "discreteFloor must be between 0 and 1, was " + discreteFloor);
    }
  }

  public Shape shape() {
    return weights.shape();
  }
}
