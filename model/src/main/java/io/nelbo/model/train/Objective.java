package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;

/** What a training minimises. */
enum Objective {
  NEGATIVE_ELBO {
    @Override
    NDArray loss(VaeGraph graph, TensorArrays weights, Batch batch) {
      return graph.evaluate(weights, batch).loss();
    }

    @Override
    NDArray gradient(VaeGraph graph, TensorArrays weights, Batch batch) {
      return graph.gradient(weights, batch);
    }
  },
  /** The reconstruction at z = μ alone, the decoder's variances held: a plain autoencoder's. */
  RECONSTRUCTION_ERROR {
    @Override
    NDArray loss(VaeGraph graph, TensorArrays weights, Batch batch) {
      return graph.reconstructionError(weights, batch).mean();
    }

    @Override
    NDArray gradient(VaeGraph graph, TensorArrays weights, Batch batch) {
      return graph.reconstructionErrorGradient(weights, batch);
    }
  };

  /** Returns the mean loss of a batch. */
  abstract NDArray loss(VaeGraph graph, TensorArrays weights, Batch batch);

  /** Returns the gradient of the mean loss of a batch, laid out as the weights are. */
  abstract NDArray gradient(VaeGraph graph, TensorArrays weights, Batch batch);
}
