package io.nelbo.model.baseline;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Spread-out rows to start clusters from, by k-means++ (Arthur and Vassilvitskii 2007): each is
 * drawn with a probability proportional to its squared distance from the nearest one before.
 */
final class Centres {
  private Centres() {}

  /** Draws centres; returns for each row the number of the nearest. */
  static int[] nearest(float[][] rows, int count, SplittableRandom random) {
    int[] nearest = new int[rows.length];
    double[] distances = new double[rows.length];
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
    int centre = random.nextInt(rows.length);
    for (int c = 0; c < count; c++) {
      double sum = 0;
      for (int row = 0; row < rows.length; row++) {
        double distance = squaredDistance(rows[row], rows[centre]);
        if (distance < distances[row]) {
          distances[row] = distance;
          nearest[row] = c;
        }
        sum += distances[row];
      }
      centre = draw(distances, sum * random.nextDouble());
    }
    return nearest;
  }

  private static int draw(double[] weights, double at) {
    double left = at;
    for (int i = 0; i < weights.length; i++) {
      left -= weights[i];
      if (left < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }

  private static double squaredDistance(float[] x, float[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double off = x[i] - y[i];
      sum += off * off;
    }
    return sum;
  }
}
