package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Adam (Kingma and Ba 2015) on one flat array of weights, with the gradient's norm held at {@value
 * #MAX_NORM}, and the moving average of the weights, which is what scores.
 *
 * <p>All of it lies on the device, and a step reads nothing back. A step whose gradient is not
 * finite changes nothing; it is counted, for the host to ask now and then. NOT thread safe.
 */
final class Adam {
  private static final float MAX_NORM = 5;
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;
  private static final double MAX_DECAY = 0.99;

  /** Within the root, where it keeps the smallest numbers out, on which engines are slow. */
  private static final double EPSILON_SQUARED = 1e-16;

  private final NDArray weights;
  private final NDArray average;
  private final NDArray first;
  private final NDArray second;
  private final NDArray taken;
  private final NDArray zeros;
  private final NDArray norm;
  private final NDArray infinity;
  private final NDArray one;
  private final NDArray fading1;
  private final NDArray fading2;
  private final NDArray epsilonSquared;

  /** Starts from the given weights, on the device of {@code manager}, which owns everything. */
  Adam(NDManager manager, float[] start) {
    Shape shape = new Shape(start.length);
    weights = manager.create(start);
    average = manager.create(start);
    first = manager.zeros(shape);
    second = manager.zeros(shape);
    taken = manager.create(0f);
    zeros = manager.zeros(shape);
    norm = manager.create(MAX_NORM);
    infinity = manager.create(Float.POSITIVE_INFINITY);
    one = manager.create(1f);
    fading1 = manager.create((float) (BETA_1 - 1));
    fading2 = manager.create((float) (BETA_2 - 1));
    epsilonSquared = manager.create((float) (EPSILON_SQUARED / (1 - BETA_2)));
  }

  /** The weights, which change with each step. */
  NDArray weights() {
    return weights;
  }

  /** A copy of the moving average. */
  float[] average() {
    return average.toFloatArray();
  }

  /** The steps that had a finite gradient. */
  int taken() {
    return (int) taken.getFloat();
  }

  /**
   * What a step moves by for a learning rate. The moments are kept as sums in which an older step
   * counts β times less, and start at zero: this makes up for both.
   */
  static float rate(int step, double learningRate) {
    return (float)
        (learningRate
            * Math.sqrt((1 - Math.pow(BETA_2, step + 1)) / (1 - BETA_2))
            * (1 - BETA_1)
            / (1 - Math.pow(BETA_1, step + 1)));
  }

  /** What the weights of a step count in the moving average. */
  static float share(int step) {
    return (float) (1 - Math.min(MAX_DECAY, (1.0 + step) / (10.0 + step)));
  }

  /**
   * Takes a step.
   *
   * @param gradient summed over the rows of a batch; consumed; its manager owns what is left
   * @param rows how many, for a step goes by the mean
   * @param rate see {@link #rate}
   * @param share see {@link #share}
   */
  void step(NDArray gradient, NDArray rows, NDArray rate, NDArray share) {
    NDArray length = gradient.dot(gradient).sqrt();
    NDArray isFinite = length.lt(infinity);
    NDArray finite = isFinite.toType(DataType.FLOAT32, false);
    gradient.divi(length.div(norm).maximum(rows));
    // What is no number stays so however often it is multiplied by zero.
    NDArray g = NDArrays.where(isFinite.broadcast(gradient.getShape()), gradient, zeros);

    first.muli(finite.mul(fading1).addi(one)).addi(g);
    second.muli(finite.mul(fading2).addi(one)).addi(g.muli(g));
    try (NDArray square = second.add(epsilonSquared);
        NDArray root = square.sqrt();
        NDArray move = first.div(root).muli(finite.mul(rate))) {
      weights.subi(move);
    }
    try (NDArray distance = weights.sub(average).muli(finite.mul(share))) {
      average.addi(distance);
    }
    taken.addi(finite);
  }
}
