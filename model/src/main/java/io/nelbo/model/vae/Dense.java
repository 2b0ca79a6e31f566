package io.nelbo.model.vae;

/**
 * An affine map y = W x + b of float vectors. Outputs are padded as {@link Products} says; what
 * they are padded with stays 0. Immutable.
 */
abstract class Dense {
  private final int size;
  private final int scratch;

  /**
   * Composes a map.
   *
   * @param size of the array of outputs, padded
   * @param scratch the room that it needs besides
   */
  Dense(int size, int scratch) {
    this.size = size;
    this.scratch = scratch;
  }

  /** Returns room for the outputs. */
  final Outputs newOutputs() {
    return new Outputs(size, scratch);
  }

  /** Sets y to W x + b. */
  abstract void apply(float[] x, Outputs y);

  /** Sets y1 to W x1 + b and y2 to W x2 + b, at less than twice the cost of one. */
  abstract void apply(float[] x1, Outputs y1, float[] x2, Outputs y2);

  /** The outputs of a map, beside what room it needs on the way to them. NOT thread safe. */
  static final class Outputs {
    final float[] values;
    final float[] scratch;

    private Outputs(int size, int scratch) {
      values = new float[size];
      this.scratch = new float[scratch];
    }
  }
}
