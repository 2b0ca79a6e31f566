package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;

/**
 * The pass whose loss is the negative log-likelihood at z = μ. Neither the encoder's nor the
 * decoder's variances have a slope.
 */
final class ErrorPass implements Pass {
  private final VaeGraph graph;
  private final TensorArrays w;
  private final Batch batch;
  private final EncoderPass encoder;
  private final DecoderPass decoder;
  private final NDArray location;
  private final NDArray rawVariance;

  ErrorPass(VaeGraph graph, TensorArrays w, Batch batch) {
    this.graph = graph;
    this.w = w;
    this.batch = batch;
    encoder = new EncoderPass(w, batch.input());
    decoder = new DecoderPass(w, encoder.mu());
    location = decoder.location();
    rawVariance = decoder.rawVariance();
  }

  /** Returns the negative log-likelihood of each row, in nats. */
  NDArray reconstruction() {
    return graph.reconstruction.nats(location, rawVariance, batch);
  }

  @Override
  public NDArray loss() {
    return reconstruction().mean();
  }

  @Override
  public NDArray gradient() {
    Gradient gradient = new Gradient(batch.input().getManager(), w.shape());
    ReconstructionGraph.Slopes slopes = graph.reconstruction.slopes(location, rawVariance, batch);
    encoder.back(decoder.back(slopes.location(), null, gradient), gradient);
    return gradient.flat();
  }
}
