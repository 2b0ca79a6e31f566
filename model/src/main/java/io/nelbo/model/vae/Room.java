package io.nelbo.model.vae;

/**
 * Rows that computations which take turns share, made when they are first asked for. NOT thread
 * safe.
 */
final class Room {
  private float[][] floats = new float[0][];
  private double[][] doubles = new double[0][];

  /** Returns at least so many rows of one length, that of all calls. */
  float[][] floats(int rows, int length) {
    if (floats.length < rows) {
      floats = new float[rows][length];
    }
    return floats;
  }

  /** Returns at least so many rows of one length, that of all calls. */
  double[][] doubles(int rows, int length) {
    if (doubles.length < rows) {
      doubles = new double[rows][length];
    }
    return doubles;
  }
}
