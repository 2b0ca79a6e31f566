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
  private static final float EPSILON_SQUARED = 1e-16f;

  private final NDArray weights;
  private final NDArray average;
  private final NDArray first;
  private final NDArray second;
  private final NDArray taken;
  private final NDArray zeros;
  private final NDArray one;
  private final NDArray norm;
  private final NDArray infinity;
  private final NDArray share1;
  private final NDArray share2;
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
    one = manager.create(1f);
    norm = manager.create(MAX_NORM);
    infinity = manager.create(Float.POSITIVE_INFINITY);
    share1 = manager.create((float) (1 - BETA_1));
    share2 = manager.create((float) (1 - BETA_2));
    epsilonSquared = manager.create(EPSILON_SQUARED);
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

  /** What a step moves by for a learning rate: both moments start at zero, which this makes up. */
  static float rate(int step, double learningRate) {
    return (float)
        (learningRate
            * Math.sqrt(1 - Math.pow(BETA_2, step + 1))
            / (1 - Math.pow(BETA_1, step + 1)));
  }

  /** What the weights of a step count in the moving average. */
  static float share(int step) {
    return (float) (1 - Math.min(MAX_DECAY, (1.0 + step) / (10.0 + step)));
  }

  /**
   * Takes a step.
   *
   * @param gradient consumed; its manager owns what the step leaves
   * @param rate see {@link #rate}
   * @param share see {@link #share}
   */
  void step(NDArray gradient, NDArray rate, NDArray share) {
    NDManager step = gradient.getManager();
    NDArray length = gradient.dot(gradient).sqrt();
    NDArray isFinite = length.lt(infinity);
    NDArray finite = isFinite.toType(DataType.FLOAT32, false);
    gradient.divi(length.div(norm).maximum(one));
    // What is no number stays so however often it is multiplied by zero.
    NDArray g = NDArrays.where(isFinite.broadcast(gradient.getShape()), gradient, zeros);

    second.addi(g.mul(g).subi(second).muli(finite.mul(share2)));
    first.addi(g.sub(first).muli(finite.mul(share1)));
    NDArray root = on(step, second.add(epsilonSquared)).sqrt();
    weights.subi(on(step, first.div(root)).muli(finite.mul(rate)));
    average.addi(on(step, weights.sub(average)).muli(finite.mul(share)));
    taken.addi(finite);
  }

  /** A result belongs to its left operand's manager; gives it to that of the step. */
  private static NDArray on(NDManager step, NDArray result) {
    result.attach(step);
    return result;
  }
}
