package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;

/** The likelihood of a batch's binary features: P = (1−δ) σ(t·logit) + δ/2 for t = ±1. */
final class FlagsGraph {
  private static final int[] COLUMNS = {1};

  private final NDArray one;
  private final NDArray kept;
  private final NDArray floor;

  FlagsGraph(NDManager constants, double discreteFloor) {
    one = constants.create(1f);
    kept = constants.create((float) (1 - discreteFloor));
    floor = constants.create((float) (discreteFloor / 2));
  }

  /** Returns the nats of each row; a target of 0 is missing. */
  NDArray nats(NDArray logits, NDArray target) {
    NDArray p = Activation.sigmoid(logits.mul(target)).muli(kept).addi(floor);
    return p.log().muli(target).muli(target).sum(COLUMNS).negi();
  }

  /** Returns the slopes of the logits: −t (1−δ) σ (1 − σ) / P. */
  NDArray slope(NDArray logits, NDArray target) {
    NDArray sigmoid = Activation.sigmoid(logits.mul(target));
    NDArray p = sigmoid.mul(kept).addi(floor);
    return sigmoid.sub(one).muli(sigmoid).muli(kept).divi(p).muli(target);
  }
}
