package io.nelbo.model.train;

/** What a training minimises. */
enum Objective {
  NEGATIVE_ELBO {
    @Override
    Pass pass(VaeGraph graph, TensorArrays weights, Batch batch) {
      return new ElboPass(graph, weights, batch);
    }
  },
  /** The reconstruction at z = μ alone, the decoder's variances held: a plain autoencoder's. */
  RECONSTRUCTION_ERROR {
    @Override
    Pass pass(VaeGraph graph, TensorArrays weights, Batch batch) {
      return new ErrorPass(graph, weights, batch);
    }
  };

  /** Sends a batch through the network. */
  abstract Pass pass(VaeGraph graph, TensorArrays weights, Batch batch);
}
