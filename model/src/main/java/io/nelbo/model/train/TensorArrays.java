package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Tensor;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;

/**
 * Flat weights, cut into tensors once: they are views, which follow when the weights change.
 *
 * <p>A result belongs to the manager of its left operand; so that nothing of a step outlives it, a
 * tensor is always the right one.
 */
final class TensorArrays {
  private final Shape shape;
  private final Map<Tensor, NDArray> flat = new EnumMap<>(Tensor.class);
  private final Map<Tensor, NDArray> matrices = new EnumMap<>(Tensor.class);
  private final Map<Tensor, NDArray> transposed = new EnumMap<>(Tensor.class);

  /** Cuts weights laid out as {@link io.nelbo.model.vae.Weights#flat}. */
  TensorArrays(NDArray weights, Shape shape) {
    this.shape = shape;
    Iterator<NDArray> parts = weights.split(boundaries(shape)).iterator();
    for (Tensor tensor : Tensor.values()) {
      NDArray part = parts.next();
      flat.put(tensor, part);
      matrices.put(tensor, part.reshape(tensor.rows(shape), tensor.columns(shape)));
      transposed.put(tensor, matrix(tensor).transpose());
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

  Shape shape() {
    return shape;
  }

  NDArray vector(Tensor tensor) {
    return Objects.requireNonNull(flat.get(tensor));
  }

  NDArray matrix(Tensor tensor) {
    return Objects.requireNonNull(matrices.get(tensor));
  }

  /** Returns x Wᵀ + b; the engine's own way is slower where there are few outputs. */
  NDArray linear(NDArray x, Tensor weight, Tensor bias) {
    return times(x, weight).addi(vector(bias));
  }

  /** Returns x Wᵀ. */
  NDArray times(NDArray x, Tensor weight) {
    return x.matMul(Objects.requireNonNull(transposed.get(weight)));
  }

  /** Returns a copy of a matrix that belongs to {@code manager}. */
  NDArray copy(NDManager manager, Tensor tensor) {
    return manager.zeros(matrix(tensor).getShape()).addi(matrix(tensor));
  }
}
