package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nelbo.model.vae.Vae;

/**
 * What the passes of a training share: likelihood, divergence and constants, on the device.
 *
 * <p>The way back is written out rather than recorded by the engine: it takes fewer calls, works in
 * place, and leaves the whole training without a gradient tape, of which DJL has one a JVM and
 * which loses constants made of Java numbers before the way back needs them.
 */
final class VaeGraph {
  final ReconstructionGraph reconstruction;
  final DivergenceGraph divergence;
  final NDArray half;
  final NDArray lowest;
  final NDArray highest;

  /**
   * Prepares the graph of a VAE, of which the weights play no part.
   *
   * @param constants owns the constants; must outlive every use of the graph
   */
  VaeGraph(NDManager constants, Vae vae) {
    reconstruction = new ReconstructionGraph(constants, vae);
    divergence = new DivergenceGraph(constants, vae.shape());
    half = constants.create(0.5f);
    lowest = constants.create(-10f);
    highest = constants.create(6f);
  }
}
