package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Tensor;
import java.util.EnumMap;
import java.util.Map;

/**
 * The slopes of a batch's loss along each tensor, as the way back through the network finds them.
 */
final class Gradient {
  private static final int[] ROWS = {0};

  private final NDManager manager;
  private final Shape shape;
  private final Map<Tensor, NDArray> slopes = new EnumMap<>(Tensor.class);

  /** A gradient of arrays that belong to {@code manager}. */
  Gradient(NDManager manager, Shape shape) {
    this.manager = manager;
    this.shape = shape;
  }

  void put(Tensor tensor, NDArray slopes) {
    this.slopes.put(tensor, slopes);
  }

  /** Notes the slopes of a weight and a bias from those of Wx + b, a row for each of the batch. */
  void putLinear(NDArray slope, NDArray x, Tensor weight, Tensor bias) {
    putProduct(slope, x, weight);
    put(bias, slope.sum(ROWS));
  }

  /** Notes the slopes of a weight from those of Wx. */
  void putProduct(NDArray slope, NDArray x, Tensor weight) {
    put(weight, slope.transpose().matMul(x));
  }

  /** Returns the slopes in the order of {@link io.nelbo.model.vae.Weights#flat}, 0 where none. */
  NDArray flat() {
    NDList parts = new NDList();
    for (Tensor tensor : Tensor.values()) {
      int count = tensor.rows(shape) * tensor.columns(shape);
      if (count > 0) {
        NDArray part = slopes.get(tensor);
        parts.add(
            part == null ? manager.zeros(new ai.djl.ndarray.types.Shape(count)) : part.flatten());
      }
    }
    return NDArrays.concat(parts);
  }
}
