package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;

/** A batch's way through the network: the loss at its end, and the gradient on the way back. */
sealed interface Pass permits ElboPass, ErrorPass {
  /** Returns the mean loss of the batch; to be asked for before the gradient. */
  NDArray loss();

  /**
   * Returns the gradient of the loss summed over the batch, laid out as {@link
   * io.nelbo.model.vae.Weights#flat}. The pass is of no use afterwards: its arrays are reused.
   */
  NDArray gradient();
}
