package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;

/** The pass whose loss is the negative ELBO. */
final class ElboPass implements Pass {
  private final VaeGraph graph;
  private final TensorArrays w;
  private final Batch batch;
  private final EncoderPass encoder;
  private final NDArray mu;
  private final NDArray unclamped;
  private final NDArray logVariance;
  private final NDArray deviation;
  private final DecoderPass decoder;
  private final NDArray location;
  private final NDArray rawVariance;

  ElboPass(VaeGraph graph, TensorArrays w, Batch batch) {
    this.graph = graph;
    this.w = w;
    this.batch = batch;
    encoder = new EncoderPass(w, batch.input());
    mu = encoder.mu();
    unclamped = encoder.logVariance();
    logVariance = unclamped.maximum(graph.lowest).minimum(graph.highest);
    deviation = logVariance.mul(graph.half).exp();
    decoder = new DecoderPass(w, deviation.mul(batch.noise()).addi(mu));
    location = decoder.location();
    rawVariance = decoder.rawVariance();
  }

  NDArray mu() {
    return mu;
  }

  NDArray logVariance() {
    return logVariance;
  }

  /** Returns the expected negative log-likelihood of each row, in nats. */
  NDArray reconstruction() {
    return graph.reconstruction.nats(location, rawVariance, batch);
  }

  /** Returns the KL of each row, or its bound, in nats. */
  NDArray kl() {
    return graph.divergence.nats(w, mu, logVariance);
  }

  @Override
  public NDArray loss() {
    return reconstruction().addi(kl()).mean();
  }

  @Override
  public NDArray gradient() {
    Gradient gradient = new Gradient(batch.input().getManager(), w.shape());
    ReconstructionGraph.Slopes slopes = graph.reconstruction.slopes(location, rawVariance, batch);
    // z = μ + σ⊙ε with σ = exp(½ log σ²), so dz/d log σ² = ½ σ⊙ε.
    NDArray slopeOfMu = decoder.back(slopes.location(), slopes.rawVariance(), gradient);
    NDArray slopeOfLogVariance = deviation.muli(batch.noise()).muli(slopeOfMu).muli(graph.half);
    graph.divergence.addSlopes(w, mu, logVariance, slopeOfMu, slopeOfLogVariance, gradient);
    slopeOfLogVariance.muli(logVariance.eq(unclamped));
    encoder.back(slopeOfMu, slopeOfLogVariance, gradient);
    return gradient.flat();
  }
}
