package io.nelbo.model.vae;

/**
 * The three layers y = W3 silu(W2 silu(W1 x + b1) + b2) + b3 that an encoder has, and a decoder.
 * Immutable.
 */
abstract class Perceptron {
  /**
   * Prepares evaluations.
   *
   * @param room that these may use, each time anew
   */
  abstract Evaluation newEvaluation(Room room);

  /** The outputs of one or two inputs, with the room that it takes to get them. NOT thread safe. */
  abstract static class Evaluation {
    /** Those of the only or first input, padded as {@link Products} says; the padding is 0. */
    final float[] first;

    final float[] second;

    Evaluation(float[] first, float[] second) {
      this.first = first;
      this.second = second;
    }

    abstract void evaluate(float[] x);

    /** Evaluates two inputs at no more than twice the cost of one. */
    abstract void evaluate(float[] x1, float[] x2);
  }
}
