package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Tensor;

/**
 * The KL divergence of q(z|x) = N(μ, diag σ²) from the prior, and its slopes: exact from the
 * standard normal, the closed-form upper bound from a mixture.
 */
final class DivergenceGraph {
  private static final int[] COLUMNS = {1};

  private final boolean mixture;
  private final NDArray half;
  private final NDArray one;

  DivergenceGraph(NDManager constants, Shape shape) {
    mixture = shape.components() > 0;
    half = constants.create(0.5f);
    one = constants.create(1f);
  }

  /** Returns the KL of each row, or its bound, in nats. */
  NDArray nats(TensorArrays w, NDArray mu, NDArray logVariance) {
    NDArray entropy = logVariance.add(one).sum(COLUMNS).muli(half);
    if (mixture) {
      return new Mixture(w, mu, logVariance).logDensity().addi(entropy).negi();
    }
    return logVariance.exp().addi(mu.mul(mu)).sum(COLUMNS).muli(half).subi(entropy);
  }

  /** Adds the slopes of the summed KL to those of μ and log σ², and notes those of the prior. */
  void addSlopes(
      TensorArrays w,
      NDArray mu,
      NDArray logVariance,
      NDArray slopeOfMu,
      NDArray slopeOfLogVariance,
      Gradient gradient) {
    if (mixture) {
      new Mixture(w, mu, logVariance).addSlopes(slopeOfMu, slopeOfLogVariance, gradient);
      slopeOfLogVariance.subi(half);
    } else {
      slopeOfMu.addi(mu);
      slopeOfLogVariance.addi(logVariance.exp().subi(one).muli(half));
    }
  }

  /**
   * The mixture's share: log Σ_c π_c exp(−½ D_c) with D_c = Σ_l [s_cl + (σ_l² + (μ_l − m_cl)²)
   * exp(−s_cl)], of which the squares are multiplied out so that all components take two products
   * of matrices.
   */
  private final class Mixture {
    private final NDArray mu;
    private final NDArray variance;
    private final NDArray moments;
    private final NDArray means;
    private final NDArray precisions;
    private final NDArray scaled;
    private final NDArray logits;
    private final NDArray logs;

    Mixture(TensorArrays w, NDArray mu, NDArray logVariance) {
      this.mu = mu;
      NDManager step = mu.getManager();
      variance = logVariance.exp();
      moments = mu.mul(mu).addi(variance);
      means = w.copy(step, Tensor.PRIOR_MEANS);
      precisions = w.copy(step, Tensor.PRIOR_LOG_VARIANCES).negi().exp();
      scaled = means.mul(precisions);
      logits = w.copy(step, Tensor.PRIOR_LOGITS).flatten().logSoftmax(0);
      NDArray constant =
          means.mul(scaled).addi(w.matrix(Tensor.PRIOR_LOG_VARIANCES)).sum(COLUMNS).muli(half);
      logs =
          mu.matMul(scaled.transpose())
              .subi(moments.matMul(precisions.transpose()).muli(half))
              .subi(constant)
              .addi(logits);
    }

    NDArray logDensity() {
      NDArray greatest = logs.max(COLUMNS, true);
      return logs.sub(greatest).exp().sum(COLUMNS).log().addi(greatest.squeeze(1));
    }

    /**
     * All by the responsibilities r_c of the components: the slope of −log Σ along D_c is r_c/2.
     */
    void addSlopes(NDArray slopeOfMu, NDArray slopeOfLogVariance, Gradient gradient) {
      NDArray r = logs.softmax(1);
      NDArray precision = r.matMul(precisions);
      slopeOfMu.addi(mu.mul(precision)).subi(r.matMul(scaled));
      slopeOfLogVariance.addi(precision.muli(variance).muli(half));

      NDArray rT = r.transpose();
      NDArray taken = rT.sum(COLUMNS, true);
      NDArray rMu = rT.matMul(mu);
      NDArray rMoments = rT.matMul(moments);
      // m R − Σ r μ, times the precision
      NDArray pull = means.mul(taken).subi(rMu);
      gradient.put(Tensor.PRIOR_MEANS, pull.mul(precisions));
      // R − (Σ r (μ² + σ²) − 2 m Σ r μ + m² R) times the precision, halved
      NDArray spread = pull.subi(rMu).muli(means).addi(rMoments).muli(precisions);
      gradient.put(Tensor.PRIOR_LOG_VARIANCES, spread.negi().addi(taken).muli(half));
      NDArray expected = logits.exp().muli(taken.sum());
      gradient.put(Tensor.PRIOR_LOGITS, expected.subi(taken.squeeze(1)));
    }
  }
}
