package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Tensor;
import io.nelbo.model.vae.Vae;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;

/**
 * The negative ELBO of a batch as a differentiable DJL graph of one flat array of weights.
 *
 * <p>Every constant is an NDArray of a manager that outlives the step: DJL frees the array it makes
 * of a Java number in {@code mul}, {@code div}, {@code pow} while the backward pass still needs it,
 * and training then diverges without a word. A result belongs to the manager of its left operand,
 * so that operand is always one of the step's.
 */
final class VaeGraph {
  private static final int[] COLUMNS = {1};

  /** What the encoder says of each row, and the two parts of its negative ELBO in nats. */
  record Terms(NDArray mu, NDArray logVariance, NDArray reconstruction, NDArray kl) {
    /** The mean negative ELBO of the batch. */
    NDArray loss() {
      return reconstruction.add(kl).mean();
    }
  }

  private final Shape shape;
  private final ReconstructionGraph reconstruction;
  private final long[] boundaries;
  private final NDArray half;
  private final NDArray one;
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
    boundaries = boundaries(shape);
    half = constants.create(0.5f);
    one = constants.create(1f);
    lowest = constants.create(-10f);
    highest = constants.create(6f);
  }

  /** Where each tensor ends in the flat weights, but the last. */
  private static long[] boundaries(Shape shape) {
    long[] ends = new long[Tensor.values().length];
    int next = 0;
    int end = 0;
    for (Tensor tensor : Tensor.values()) {
      end += tensor.rows(shape) * tensor.columns(shape);
      ends[next++] = end;
    }
    return Arrays.copyOf(ends, next - 1);
  }

  /** Evaluates a batch under weights laid out as {@link io.nelbo.model.vae.Weights#flat}. */
  Terms evaluate(NDArray weights, Batch batch) {
    Tensors w = new Tensors(weights.split(boundaries), shape);
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

    NDArray kl = mu.mul(mu).add(logVariance.exp()).sub(logVariance).sub(one).sum(COLUMNS).mul(half);
    return new Terms(mu, logVariance, reconstruction.evaluate(location, rawVariance, batch), kl);
  }

  /**
   * Returns the mean negative log-likelihood of a batch at z = μ. Neither the encoder's nor the
   * decoder's variances have a gradient.
   */
  NDArray reconstructionError(NDArray weights, Batch batch) {
    Tensors w = new Tensors(weights.split(boundaries), shape);
    NDArray u = batch.input();
    NDArray z = mu(w, u, encoderHidden(w, u));
    NDArray g2 = decoderHidden(w, z);
    NDArray rawVariance = rawVariance(w, g2).stopGradient();
    return reconstruction.evaluate(location(w, z, g2), rawVariance, batch).mean();
  }

  private static NDArray encoderHidden(Tensors w, NDArray u) {
    NDArray h1 = silu(w.linear(u, Tensor.ENCODER_1, Tensor.ENCODER_1_BIAS));
    return silu(w.linear(h1, Tensor.ENCODER_2, Tensor.ENCODER_2_BIAS));
  }

  private static NDArray mu(Tensors w, NDArray u, NDArray h2) {
    return w.linear(h2, Tensor.MU, Tensor.MU_BIAS)
        .add(u.matMul(w.matrix(Tensor.MU_LINEAR).transpose()));
  }

  private static NDArray decoderHidden(Tensors w, NDArray z) {
    NDArray g1 = silu(w.linear(z, Tensor.DECODER_1, Tensor.DECODER_1_BIAS));
    return silu(w.linear(g1, Tensor.DECODER_2, Tensor.DECODER_2_BIAS));
  }

  private static NDArray location(Tensors w, NDArray z, NDArray g2) {
    return w.linear(g2, Tensor.LOCATION, Tensor.LOCATION_BIAS)
        .add(z.matMul(w.matrix(Tensor.LOCATION_LINEAR).transpose()));
  }

  private static NDArray rawVariance(Tensors w, NDArray g2) {
    return w.linear(g2, Tensor.RAW_VARIANCE, Tensor.RAW_VARIANCE_BIAS);
  }

  private static NDArray silu(NDArray x) {
    return x.mul(Activation.sigmoid(x));
  }

  /** The flat weights, cut into tensors. */
  private static final class Tensors {
    private final Map<Tensor, NDArray> parts = new EnumMap<>(Tensor.class);
    private final Shape shape;

    Tensors(NDList list, Shape shape) {
      this.shape = shape;
      Iterator<NDArray> next = list.iterator();
      for (Tensor tensor : Tensor.values()) {
        parts.put(tensor, next.next());
      }
    }

    NDArray vector(Tensor tensor) {
      return Objects.requireNonNull(parts.get(tensor));
    }

    NDArray matrix(Tensor tensor) {
      return vector(tensor).reshape(tensor.rows(shape), tensor.columns(shape));
    }

    NDArray linear(NDArray x, Tensor weight, Tensor bias) {
      return Linear.linear(x, matrix(weight), vector(bias)).singletonOrThrow();
    }
  }
}
