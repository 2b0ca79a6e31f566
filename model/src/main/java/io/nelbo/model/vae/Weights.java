package io.nelbo.model.vae;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a network: every {@link Tensor} in order, row by row, in one array. Immutable by
 * contract: the arrays handed out must not be modified.
 */
public final class Weights {
  private final Shape shape;
  private final float[] flat;
  private @Nullable Network network;
  private boolean laidOutCompiled;
  private @Nullable Network blocks;

  private Weights(Shape shape, float[] flat) {
    this.shape = shape;
    this.flat = flat;
  }

  /**
   * Takes a copy of the weights.
   *
   * @throws IllegalArgumentException if the count does not fit the shape or a weight is not finite
   */
  public static Weights of(Shape shape, float[] flat) {
    if (flat.length != count(shape)) {
      throw new IllegalArgumentException(
          shape + " has " + count(shape) + " weights, was given " + flat.length);
    }
    for (int i = 0; i < flat.length; i++) {
      if (!Float.isFinite(flat[i])) {
        throw new IllegalArgumentException("weight " + i + " must be finite, was " + flat[i]);
      }
    }
    return new Weights(shape, flat.clone());
  }

  public static int count(Shape shape) {
    int count = 0;
    for (Tensor tensor : Tensor.values()) {
      count += tensor.rows(shape) * tensor.columns(shape);
    }
    return count;
  }

  public Shape shape() {
    return shape;
  }

  /** Returns all weights; do not modify. */
  public float[] flat() {
    return flat;
  }

  /** Returns a copy of one tensor, row by row. */
  public float[] tensor(Tensor tensor) {
    int start = 0;
    for (Tensor before : Tensor.values()) {
      if (before == tensor) {
        break;
      }
      start += before.rows(shape) * before.columns(shape);
    }
    return Arrays.copyOfRange(flat, start, start + tensor.rows(shape) * tensor.columns(shape));
  }

  /**
   * Returns the layers, laid out at the first call, and once more when there is something faster to
   * lay them out for, at the same results. Any thread may call this.
   */
  synchronized Network network() {
    boolean compiled = Compilation.isOver();
    if (network == null || compiled != laidOutCompiled) {
      network = compiled ? Network.fastest(this) : Network.plain(this);
      laidOutCompiled = compiled;
    }
    return network;
  }

  /**
   * Returns the layers for blocks of observations, laid out at the first call, which is for when
   * {@link Compilation} is over. Any thread may call this.
   */
  synchronized Network blocks() {
    if (blocks == null) {
      blocks = Network.blocks(this);
    }
    return blocks;
  }
}
