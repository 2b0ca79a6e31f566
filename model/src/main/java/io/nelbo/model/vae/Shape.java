package io.nelbo.model.vae;

import io.nelbo.model.feature.Features;

/**
 * The sizes of a network. The encoder is inputs → hidden1 → hidden2 → latent, the decoder latent →
 * hidden2 → hidden1 → outputs (locations) and continuous (raw variances).
 *
 * @param linear whether linear paths run beside the hidden layers, from the inputs to μ and from
 *     the latent to the locations
 * @param components of a mixture prior; 0 for the standard normal prior
 */
public record Shape(
    int inputs,
    int latent,
    int hidden1,
    int hidden2,
    int outputs,
    int continuous,
    boolean linear,
    int components) {
  /** A network with linear paths and the standard normal prior. */
  public Shape(int inputs, int latent, int hidden1, int hidden2, int outputs, int continuous) {
    this(inputs, latent, hidden1, hidden2, outputs, continuous, true, 0);
  }

  /** The default network: latent max(2, outputs / 2), hidden layers of 128 and 64. */
  public static Shape of(Features features) {
    return new Shape(
        features.inputs(),
        Math.max(2, features.outputs() / 2),
        128,
        64,
        features.outputs(),
        features.continuous());
  }
}
