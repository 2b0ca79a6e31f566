package io.nelbo.model.train;

import io.nelbo.model.feature.Features;

/** Mean and covariance of the encoder's inputs over the first rows of a set. */
final class InputMoments {
  /** More rows would not move the covariance by what a start could tell. */
  private static final int MAX_ROWS = 20_000;

  private final double[] mean;
  private final double[][] covariance;

  private InputMoments(double[] mean, double[][] covariance) {
    this.mean = mean;
    this.covariance = covariance;
  }

  static InputMoments of(Features features, double[][] observations) {
    int inputs = features.inputs();
    int rows = Math.min(MAX_ROWS, observations.length);
    double[] sums = new double[inputs];
    double[][] products = new double[inputs][inputs];
    float[] input = new float[inputs];
    double[] x = new double[inputs];
    for (int row = 0; row < rows; row++) {
      features.writeInput(observations[row], input);
      for (int i = 0; i < inputs; i++) {
        x[i] = input[i];
        sums[i] += x[i];
      }
      for (int i = 0; i < inputs; i++) {
        // Most one-hot and mask inputs are 0.
        if (x[i] != 0) {
          addScaled(products[i], x, x[i], i);
        }
      }
    }
    for (int i = 0; i < inputs; i++) {
      sums[i] /= rows;
    }
    for (int i = 0; i < inputs; i++) {
      for (int k = i; k < inputs; k++) {
        products[i][k] = products[i][k] / rows - sums[i] * sums[k];
        products[k][i] = products[i][k];
      }
    }
    return new InputMoments(sums, products);
  }

  private static void addScaled(double[] sum, double[] x, double factor, int from) {
    for (int k = from; k < x.length; k++) {
      sum[k] += factor * x[k];
    }
  }

  double[] mean() {
    return mean;
  }

  double[][] covariance() {
    return covariance;
  }
}
