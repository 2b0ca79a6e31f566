package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import io.nelbo.model.feature.Features;
import io.nelbo.model.vae.ContinuousLikelihood;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Tensor;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;

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

  /** Prepares a graph whose constants {@code constants} owns, which must outlive its use. */
  VaeGraph(
      NDManager constants,
      Shape shape,
      Features features,
      ContinuousLikelihood likelihood,
      double discreteFloor) {
    this.shape = shape;
    reconstruction = new ReconstructionGraph(constants, features, likelihood, discreteFloor);
    boundaries = new long[Tensor.values().length - 1];
    int end = 0;
    for (int i = 0; i < boundaries.length; i++) {
      Tensor tensor = Tensor.values()[i];
      end += tensor.rows(shape) * tensor.columns(shape);
      boundaries[i] = end;
    }
    half = constants.create(0.5f);
    one = constants.create(1f);
    lowest = constants.create(-10f);
    highest = constants.create(6f);
  }

  /** Evaluates a batch under weights laid out as {@link io.nelbo.model.vae.Weights#flat}. */
  Terms evaluate(NDArray weights, Batch batch) {
    Map<Tensor, NDArray> w = tensors(weights);

    NDArray u = batch.input();
    NDArray h1 = silu(linear(u, w.get(Tensor.ENCODER_1), w.get(Tensor.ENCODER_1_BIAS)));
    NDArray h2 = silu(linear(h1, w.get(Tensor.ENCODER_2), w.get(Tensor.ENCODER_2_BIAS)));
    NDArray mu =
        linear(h2, w.get(Tensor.MU), w.get(Tensor.MU_BIAS))
            .add(u.matMul(w.get(Tensor.MU_LINEAR).transpose()));
    NDArray logVariance =
        linear(h2, w.get(Tensor.LOG_VARIANCE), w.get(Tensor.LOG_VARIANCE_BIAS))
            .maximum(lowest)
            .minimum(highest);
    NDArray z = mu.add(logVariance.mul(half).exp().mul(batch.noise()));

    NDArray g1 = silu(linear(z, w.get(Tensor.DECODER_1), w.get(Tensor.DECODER_1_BIAS)));
    NDArray g2 = silu(linear(g1, w.get(Tensor.DECODER_2), w.get(Tensor.DECODER_2_BIAS)));
    NDArray location =
        linear(g2, w.get(Tensor.LOCATION), w.get(Tensor.LOCATION_BIAS))
            .add(z.matMul(w.get(Tensor.LOCATION_LINEAR).transpose()));
    // Unused, and therefore without a gradient, where no feature is continuous.
    NDArray rawVariance = linear(g2, w.get(Tensor.RAW_VARIANCE), w.get(Tensor.RAW_VARIANCE_BIAS));

    NDArray kl = mu.mul(mu).add(logVariance.exp()).sub(logVariance).sub(one).sum(COLUMNS).mul(half);
    return new Terms(mu, logVariance, reconstruction.evaluate(location, rawVariance, batch), kl);
  }

  private Map<Tensor, NDArray> tensors(NDArray weights) {
    NDList parts = weights.split(boundaries);
    Map<Tensor, NDArray> tensors = new EnumMap<>(Tensor.class);
    Iterator<NDArray> next = parts.iterator();
    for (Tensor tensor : Tensor.values()) {
      NDArray part = next.next();
      int columns = tensor.columns(shape);
      tensors.put(tensor, columns == 1 ? part : part.reshape(tensor.rows(shape), columns));
    }
    return tensors;
  }

  private static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    return Linear.linear(x, weight, bias).singletonOrThrow();
  }

  private static NDArray silu(NDArray x) {
    return x.mul(Activation.sigmoid(x));
  }
}
