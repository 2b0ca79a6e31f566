package io.nelbo.model.vae;

/**
 * A residual path y += W x past the hidden layers. It carries the large values, and the nats of a
 * far observation are small differences of those, so it is summed in double; the layers beside it
 * correct it in float. A network without the path has one of no outputs, which costs nothing.
 * Immutable.
 */
abstract class LinearPath {
  static LinearPath of(Products products, Weights weights, Tensor matrix) {
    return products.path(weights.tensor(matrix), matrix.columns(weights.shape()));
  }

  /**
   * Adds W x to the first outputs of y, which has room for as many, padded.
   *
   * @param room that this may use meanwhile
   */
  abstract void add(double[] x, double[] y, Room room);
}
