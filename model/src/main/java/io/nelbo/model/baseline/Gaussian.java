package io.nelbo.model.baseline;

import io.nelbo.model.linear.DotProduct;
import io.nelbo.model.linear.PrincipalComponents;
import java.util.Arrays;

/**
 * A Gaussian with a full covariance of which no eigenvalue is below {@value #FLOOR}, inputs being
 * standardised. Immutable.
 *
 * <pre>
 * −2 log N(x) = D log 2π + Σ_i log λ_i + Σ_i (w_iᵀ(x − m))² / λ_i
 * </pre>
 *
 * <p>Raising the eigenvalues of the sample covariance to the floor gives the greatest likelihood of
 * all covariances that respect it, so that EM never loses likelihood by it. The directions at the
 * floor need no eigenvectors: what the others leave of |x − m|² is theirs.
 */
final class Gaussian {
  /** A deviation of 3 % of a standard one: below that, a direction counts as constant. */
  static final double FLOOR = 1e-3;

  private static final double LOG_2PI = Math.log(2 * Math.PI);

  private final double[] mean; // (inputs)
  private final double[][] directions; // w_i with λ_i above the floor: (k)(inputs)
  private final double[] variances; // λ_i: (k)
  private final double logDeterminant;

  private Gaussian(double[] mean, PrincipalComponents components) {
    this.mean = mean;
    int above = 0;
    while (above < components.count() && components.value(above) > FLOOR) {
      above++;
    }
    directions = new double[above][];
    variances = new double[above];
    double sum = (mean.length - above) * Math.log(FLOOR);
    for (int i = 0; i < above; i++) {
      directions[i] = components.vector(i);
      variances[i] = components.value(i);
      sum += Math.log(variances[i]);
    }
    logDeterminant = sum;
  }

  /** Fits a Gaussian to all rows alike. */
  static Gaussian fit(float[][] rows) {
    double[] weights = new double[rows.length];
    Arrays.fill(weights, 1);
    return fit(rows, weights);
  }

  /** Fits a Gaussian to rows, each with its weight of at least 0; the sum is positive. */
  static Gaussian fit(float[][] rows, double[] weights) {
    double[] mean = mean(rows, weights);
    double[][] covariance = new double[mean.length][mean.length];
    double[] off = new double[mean.length];
    double total = 0;
    for (int row = 0; row < rows.length; row++) {
      if (weights[row] > 0) {
        subtract(rows[row], mean, off);
        addOuter(covariance, off, weights[row]);
        total += weights[row];
      }
    }
    for (int i = 0; i < mean.length; i++) {
      for (int k = i; k < mean.length; k++) {
        covariance[i][k] /= total;
        covariance[k][i] = covariance[i][k];
      }
    }
    return new Gaussian(mean, PrincipalComponents.of(covariance));
  }

  private static double[] mean(float[][] rows, double[] weights) {
    double[] mean = new double[rows[0].length];
    double total = 0;
    for (int row = 0; row < rows.length; row++) {
      double weight = weights[row];
      float[] x = rows[row];
      for (int i = 0; i < mean.length; i++) {
        mean[i] += weight * x[i];
      }
      total += weight;
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= total;
    }
    return mean;
  }

  private static void addOuter(double[][] sum, double[] x, double weight) {
    for (int i = 0; i < x.length; i++) {
      double factor = weight * x[i];
      double[] row = sum[i];
      for (int k = i; k < x.length; k++) {
        row[k] += factor * x[k];
      }
    }
  }

  private static void subtract(float[] x, double[] mean, double[] off) {
    for (int i = 0; i < off.length; i++) {
      off[i] = x[i] - mean[i];
    }
  }

  /** The squared Mahalanobis distance of an input from the mean. */
  double squaredDistance(float[] x) {
    double[] off = new double[mean.length];
    subtract(x, mean, off);
    double left = DotProduct.of(off, off);
    double sum = 0;
    for (int i = 0; i < directions.length; i++) {
      double y = DotProduct.of(directions[i], off);
      sum += y * y / variances[i];
      left -= y * y;
    }
    return directions.length < mean.length ? sum + Math.max(0, left) / FLOOR : sum;
  }

  double logDensity(float[] x) {
    return -0.5 * (mean.length * LOG_2PI + logDeterminant + squaredDistance(x));
  }

  /** The number of free parameters: a mean and a symmetric covariance. */
  static double parameters(int inputs) {
    return inputs + 0.5 * inputs * (inputs + 1);
  }
}
