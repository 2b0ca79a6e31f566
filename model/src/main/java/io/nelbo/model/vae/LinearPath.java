package io.nelbo.model.vae;

/**
 * A residual path y += W x past the hidden layers. It carries the large values, and the nats of a
 * far observation are small differences of those, so it is summed in double; the layers beside it
 * correct it in float. A network without the path has one of no inputs, which costs nothing.
 */
final class LinearPath {
  private final Products products = Products.best();
  private final double[][] columns; // (inputs)(outputs, padded)

  LinearPath(Weights weights, Tensor matrix) {
    float[] flat = weights.tensor(matrix);
    int outputs = matrix.rows(weights.shape());
    int inputs = outputs == 0 ? 0 : matrix.columns(weights.shape());
    columns = new double[inputs][Products.padded(outputs)];
    for (int i = 0; i < inputs; i++) {
      for (int j = 0; j < outputs; j++) {
        columns[i][j] = flat[j * inputs + i];
      }
    }
  }

  /** Adds W x to the first outputs of y, which has room for as many, padded. */
  void add(double[] x, double[] y) {
    products.add(columns, x, y);
  }
}
