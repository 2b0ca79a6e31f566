package io.nelbo.bench;

import io.nelbo.model.vae.Shape;

/**
 * The floating-point operations of the network's matrices, two to a multiply-add. Biases,
 * activations and likelihoods are not counted, so shares of a peak are of useful work.
 */
public final class Work {
  private Work() {}

  /** Operations of one score: the encoder, and the decoder for each sample. */
  public static double scoring(Shape shape, int samples) {
    return 2.0 * (encoder(shape) + Math.max(1, samples) * decoder(shape));
  }

  /** Operations a row of one training step: forward once, backward twice as much. */
  public static double training(Shape shape) {
    return 3 * scoring(shape, 1);
  }

  private static double encoder(Shape s) {
    return (double) s.inputs() * s.hidden1()
        + (double) s.hidden1() * s.hidden2()
        + 2.0 * s.hidden2() * s.latent()
        + (double) s.inputs() * s.latent();
  }

  private static double decoder(Shape s) {
    return (double) s.latent() * s.hidden2()
        + (double) s.hidden2() * s.hidden1()
        + (double) s.hidden1() * (s.outputs() + s.continuous())
        + (double) s.latent() * s.outputs();
  }
}
