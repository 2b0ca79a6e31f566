package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Tensor;
import io.nelbo.model.vae.Vae;

/**
 * The negative ELBO of a batch as a differentiable DJL graph of one flat array of weights.
 *
 * <p>Every constant is an NDArray of a manager that outlives the step: DJL frees the array it makes
 * of a Java number in {@code mul}, {@code div}, {@code pow} while the backward pass still needs it,
 * and training then diverges without a word. A result belongs to the manager of its left operand,
 * so that operand is always one of the step's.
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

  /** Evaluates a batch under weights laid out as {@link io.nelbo.model.vae.Weights#flat}. */
  Terms evaluate(NDArray weights, Batch batch) {
    TensorArrays w = new TensorArrays(weights, shape);
    NDArray u = batch.input();
    NDArray h2 = encoderHidden(w, u);
    NDArray mu = mu(w, u, h2);
    NDArray logVariance =
        w.linear(h2, Tensor.LOG_VARIANCE, Tensor.LOG_VARIANCE_BIAS)
            .maximum(lowest)
            .minimum(highest);
    NDArray z = mu.add(logVariance.mul(half).exp().mul(batch.noise()));
    NDArray g2 = decoderHidden(w, z);
    NDArray location = location(w, z, g2);
    // Unused, and therefore without a gradient, where no feature is continuous.
    NDArray rawVariance = rawVariance(w, g2);

    return new Terms(
        mu,
        logVariance,
        reconstruction.evaluate(location, rawVariance, batch),
        divergence.evaluate(w, mu, logVariance));
  }

  /**
   * Returns the mean negative log-likelihood of a batch at z = μ. Neither the encoder's nor the
   * decoder's variances have a gradient.
   */
  NDArray reconstructionError(NDArray weights, Batch batch) {
    TensorArrays w = new TensorArrays(weights, shape);
    NDArray u = batch.input();
    NDArray z = mu(w, u, encoderHidden(w, u));
    NDArray g2 = decoderHidden(w, z);
    NDArray rawVariance = rawVariance(w, g2).stopGradient();
    return reconstruction.evaluate(location(w, z, g2), rawVariance, batch).mean();
  }

  private static NDArray encoderHidden(TensorArrays w, NDArray u) {
    NDArray h1 = silu(w.linear(u, Tensor.ENCODER_1, Tensor.ENCODER_1_BIAS));
    return silu(w.linear(h1, Tensor.ENCODER_2, Tensor.ENCODER_2_BIAS));
  }

  private NDArray mu(TensorArrays w, NDArray u, NDArray h2) {
    NDArray mu = w.linear(h2, Tensor.MU, Tensor.MU_BIAS);
    return shape.linear() ? mu.add(w.times(u, Tensor.MU_LINEAR)) : mu;
  }

  private static NDArray decoderHidden(TensorArrays w, NDArray z) {
    NDArray g1 = silu(w.linear(z, Tensor.DECODER_1, Tensor.DECODER_1_BIAS));
    return silu(w.linear(g1, Tensor.DECODER_2, Tensor.DECODER_2_BIAS));
  }

  private NDArray location(TensorArrays w, NDArray z, NDArray g2) {
    NDArray location = w.linear(g2, Tensor.LOCATION, Tensor.LOCATION_BIAS);
    return shape.linear() ? location.add(w.times(z, Tensor.LOCATION_LINEAR)) : location;
  }

  private static NDArray rawVariance(TensorArrays w, NDArray g2) {
    return w.linear(g2, Tensor.RAW_VARIANCE, Tensor.RAW_VARIANCE_BIAS);
  }

  private static NDArray silu(NDArray x) {
    return x.mul(Activation.sigmoid(x));
  }
}
