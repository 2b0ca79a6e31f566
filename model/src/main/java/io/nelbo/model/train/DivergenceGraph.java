package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Tensor;

/**
 * The KL divergence of q(z|x) = N(μ, diag σ²) from the prior as a DJL graph: exact from the
 * standard normal, the closed-form upper bound from a mixture, whose squares are multiplied out so
 * that all components take two products of matrices.
 */
final class DivergenceGraph {
  private static final int[] COLUMNS = {1};

  private final boolean mixture;
  private final NDArray half;
  private final NDArray one;
  private final NDArray two;

  DivergenceGraph(NDManager constants, Shape shape) {
    mixture = shape.components() > 0;
    half = constants.create(0.5f);
    one = constants.create(1f);
    two = constants.create(2f);
  }

  /** Returns the KL of each row, or its bound, in nats. */
  NDArray evaluate(TensorArrays w, NDArray mu, NDArray logVariance) {
    NDArray moments = mu.mul(mu).add(logVariance.exp());
    NDArray entropy = logVariance.add(one).sum(COLUMNS);
    return mixture
        ? logMixture(w, mu, moments).add(entropy.mul(half)).neg()
        : moments.sum(COLUMNS).sub(entropy).mul(half);
  }

  /** log Σ_c π_c exp(−½ Σ_l [s_cl + (σ_l² + (μ_l − m_cl)²) exp(−s_cl)]) of each row. */
  private NDArray logMixture(TensorArrays w, NDArray mu, NDArray moments) {
    NDArray s = w.matrix(Tensor.PRIOR_LOG_VARIANCES);
    NDArray m = w.matrix(Tensor.PRIOR_MEANS);
    NDArray precisions = s.neg().exp();
    NDArray scaled = m.mul(precisions);
    NDArray distances =
        moments
            .matMul(precisions.transpose())
            .sub(mu.matMul(scaled.transpose()).mul(two))
            .add(m.mul(scaled).add(s).sum(COLUMNS));
    NDArray logs = distances.mul(half).neg().add(w.vector(Tensor.PRIOR_LOGITS).logSoftmax(0));
    NDArray greatest = logs.max(COLUMNS, true).stopGradient();
    return logs.sub(greatest).exp().sum(COLUMNS).log().add(greatest.squeeze(1));
  }
}
