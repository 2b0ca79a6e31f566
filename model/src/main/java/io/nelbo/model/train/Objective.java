package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;

/** What a training minimises. */
enum Objective {
  NEGATIVE_ELBO {
    @Override
    NDArray loss(VaeGraph graph, NDArray weights, Batch batch) {
      return graph.evaluate(weights, batch).loss();
    }
  },
  /** The reconstruction at z = μ alone, the decoder's variances held: a plain autoencoder's. */
  RECONSTRUCTION_ERROR {
    @Override
    NDArray loss(VaeGraph graph, NDArray weights, Batch batch) {
      return graph.reconstructionError(weights, batch);
    }
  };

  /** Returns the mean loss of a batch. */
  abstract NDArray loss(VaeGraph graph, NDArray weights, Batch batch);
}
