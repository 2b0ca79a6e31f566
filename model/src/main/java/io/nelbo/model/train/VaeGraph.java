package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Vae;

/**
 * The negative ELBO of a batch and its gradient, on the device.
 *
 * <p>The way back is written out rather than recorded by the engine: it takes fewer calls, works in
 * place, and leaves the whole training without a gradient tape, of which DJL has one a JVM and
 * which loses constants made of Java numbers before the way back needs them.
 */
final class VaeGraph {
  /** What the encoder says of each row, and the two parts of its negative ELBO in nats. */
  record Terms(NDArray mu, NDArray logVariance, NDArray reconstruction, NDArray kl) {
    /** The mean negative ELBO of the batch. */
    NDArray loss() {
      return reconstruction.add(kl).mean();
    }
  }

  private final Shape shape;
  private final ReconstructionGraph reconstruction;
  private final DivergenceGraph divergence;
  private final NDArray half;
  private final NDArray lowest;
  private final NDArray highest;

  /**
   * Prepares the graph of a VAE, of which the weights play no part.
   *
   * @param constants owns the constants; must outlive every use of the graph
   */
  VaeGraph(NDManager constants, Vae vae) {
    shape = vae.shape();
    reconstruction = new ReconstructionGraph(constants, vae);
    divergence = new DivergenceGraph(constants, shape);
    half = constants.create(0.5f);
    lowest = constants.create(-10f);
    highest = constants.create(6f);
  }

  Terms evaluate(TensorArrays w, Batch batch) {
    EncoderPass encoder = new EncoderPass(w, batch.input());
    NDArray mu = encoder.mu();
    NDArray logVariance = clamp(encoder.logVariance());
    NDArray z = logVariance.mul(half).exp().muli(batch.noise()).addi(mu);
    DecoderPass decoder = new DecoderPass(w, z);
    return new Terms(
        mu,
        logVariance,
        reconstruction.nats(decoder.location(), decoder.rawVariance(), batch),
        divergence.nats(w, mu, logVariance));
  }

  /** Returns the gradient of a batch's mean negative ELBO. */
  NDArray gradient(TensorArrays w, Batch batch) {
    Gradient gradient = new Gradient(batch.input().getManager(), shape);
    EncoderPass encoder = new EncoderPass(w, batch.input());
    NDArray mu = encoder.mu();
    NDArray unclamped = encoder.logVariance();
    NDArray logVariance = clamp(unclamped);
    NDArray deviation = logVariance.mul(half).exp();
    DecoderPass decoder = new DecoderPass(w, deviation.mul(batch.noise()).addi(mu));
    ReconstructionGraph.Slopes slopes =
        reconstruction.slopes(decoder.location(), decoder.rawVariance(), batch);

    // z = μ + σ⊙ε with σ = exp(½ log σ²), so dz/d log σ² = ½ σ⊙ε.
    NDArray slopeOfMu = decoder.back(slopes.location(), slopes.rawVariance(), gradient);
    NDArray slopeOfLogVariance = deviation.muli(batch.noise()).muli(slopeOfMu).muli(half);
    divergence.addSlopes(w, mu, logVariance, slopeOfMu, slopeOfLogVariance, gradient);
    slopeOfLogVariance.muli(logVariance.eq(unclamped));
    encoder.back(slopeOfMu, slopeOfLogVariance, gradient);
    return gradient.flat().divi(batch.size());
  }

  private NDArray clamp(NDArray logVariance) {
    return logVariance.maximum(lowest).minimum(highest);
  }

  /** Returns the negative log-likelihood of each row at z = μ. */
  NDArray reconstructionError(TensorArrays w, Batch batch) {
    DecoderPass decoder = new DecoderPass(w, new EncoderPass(w, batch.input()).mu());
    return reconstruction.nats(decoder.location(), decoder.rawVariance(), batch);
  }

  /**
   * Returns the gradient of a batch's mean reconstruction error. Neither the encoder's nor the
   * decoder's variances have one.
   */
  NDArray reconstructionErrorGradient(TensorArrays w, Batch batch) {
    Gradient gradient = new Gradient(batch.input().getManager(), shape);
    EncoderPass encoder = new EncoderPass(w, batch.input());
    DecoderPass decoder = new DecoderPass(w, encoder.mu());
    ReconstructionGraph.Slopes slopes =
        reconstruction.slopes(decoder.location(), decoder.rawVariance(), batch);
    encoder.back(decoder.back(slopes.location(), null, gradient), gradient);
    return gradient.flat().divi(batch.size());
  }
}
