package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.core.Linear;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Tensor;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;

/** The flat weights of a step, cut into tensors. */
final class TensorArrays {
  private final Map<Tensor, NDArray> parts = new EnumMap<>(Tensor.class);
  private final Shape shape;

  /** Cuts weights laid out as {@link io.nelbo.model.vae.Weights#flat}. */
  TensorArrays(NDArray weights, Shape shape) {
    this.shape = shape;
    NDList list = weights.split(boundaries(shape));
    Iterator<NDArray> next = list.iterator();
    for (Tensor tensor : Tensor.values()) {
      parts.put(tensor, next.next());
    }
  }

  /** Where each tensor ends in the flat weights, but the last. */
  private static long[] boundaries(Shape shape) {
    long[] ends = new long[Tensor.values().length];
    int next = 0;
    int end = 0;
    for (Tensor tensor : Tensor.values()) {
      end += tensor.rows(shape) * tensor.columns(shape);
      ends[next++] = end;
    }
    return Arrays.copyOf(ends, next - 1);
  }

  NDArray vector(Tensor tensor) {
    return Objects.requireNonNull(parts.get(tensor));
  }

  NDArray matrix(Tensor tensor) {
    return vector(tensor).reshape(tensor.rows(shape), tensor.columns(shape));
  }

  NDArray linear(NDArray x, Tensor weight, Tensor bias) {
    return Linear.linear(x, matrix(weight), vector(bias)).singletonOrThrow();
  }

  /** Returns x Wᵀ. */
  NDArray times(NDArray x, Tensor weight) {
    return x.matMul(matrix(weight).transpose());
  }
}
