package io.nelbo.model.vae;

import java.util.Arrays;

/**
 * The continuous features of an observation beside what a decoder says of them, and the sums over
 * them that their likelihood takes. The arrays of features are padded with what is missing. NOT
 * thread safe.
 */
final class GaussianTerms {
  /** The features of one product, which a double holds unless all variances are near the bound. */
  static final int BLOCK = 2 * Products.SUMS;

  private static final double SHIFT = -Likelihood.MIN_LOG_VARIANCE;

  /** Standardised values; 0 where missing. */
  final double[] y;

  /** 1, or 0 where missing. */
  final double[] present;

  /** What is added to a raw variance: the exponential of the sum is that of v + 6, or 0. */
  final double[] shift;

  /**
   * What the decoder says, one array a sample: means from 0 on, raw variances from the first on.
   */
  final double[][] means;

  final double[][] variances;

  final int firstVariance;

  /** The observations side by side. */
  final int width;

  /**
   * Of each sample, over every {@link Products#SUMS}-th feature: Π E, Σ r²/E, which is added up as
   * one fraction over Π E so as to divide once, and the greatest exponent.
   */
  final double[] productsOf;

  final double[] squaresOf;
  final double[] greatestOf;

  /** The same of all samples and features, one a lane. */
  final double[] product;

  final double[] squares;
  final double[] greatest;

  /** Scratch space, one value a feature as above. */
  final double[] exponentials;

  final double[] numerators;

  private final int[] offsets; // of means
  private final boolean apart; // whether discrete features are in between

  /**
   * Prepares for samples whose parameters are read at each call.
   *
   * @param offsets where the mean of each feature is, rising
   * @param width the observations side by side
   */
  GaussianTerms(int[] offsets, int firstVariance, double[][] parameters, int width) {
    this.offsets = offsets;
    variances = parameters;
    this.firstVariance = firstVariance;
    this.width = width;
    int padded = Products.paddedDoubles(offsets.length) * width;
    y = new double[padded];
    present = new double[padded];
    shift = new double[padded];
    Arrays.fill(shift, -Exponential.BOUND);
    apart = offsets.length > 0 && offsets[offsets.length - 1] != offsets.length - 1;
    productsOf = new double[parameters.length * Products.SUMS * width];
    squaresOf = productsOf.clone();
    greatestOf = productsOf.clone();
    Arrays.fill(greatestOf, -Exponential.BOUND);
    product = new double[width];
    squares = new double[width];
    greatest = new double[width];
    exponentials = new double[padded];
    numerators = new double[padded];
    means = apart ? new double[parameters.length][padded] : parameters;
  }

  /** Takes a standardised value of one feature and lane; NaN if it is missing. */
  void observe(int at, double value) {
    boolean isThere = !Double.isNaN(value);
    y[at] = isThere ? value : 0;
    double there = isThere ? 1 : 0;
    if (present[at] != there) { // seldom
      present[at] = there;
      shift[at] = isThere ? SHIFT : -Exponential.BOUND;
    }
  }

  /** Takes the samples' means. */
  void gather() {
    for (int s = 0; apart && s < means.length; s++) {
      for (int c = 0; c < offsets.length; c++) {
        for (int lane = 0; lane < width; lane++) {
          means[s][c * width + lane] = variances[s][offsets[c] * width + lane];
        }
      }
    }
  }

  /** Sums over the sums of one observation, by four chains, which do not wait for one another. */
  void foldAlone() {
    double p0 = 1;
    double p1 = 1;
    double p2 = 1;
    double p3 = 1;
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double g0 = greatestOf[0];
    double g1 = g0;
    for (int i = 0; i < productsOf.length; i += 4) {
      p0 *= productsOf[i];
      p1 *= productsOf[i + 1];
      p2 *= productsOf[i + 2];
      p3 *= productsOf[i + 3];
      s0 += squaresOf[i];
      s1 += squaresOf[i + 1];
      s2 += squaresOf[i + 2];
      s3 += squaresOf[i + 3];
      g0 = Math.max(g0, Math.max(greatestOf[i], greatestOf[i + 2]));
      g1 = Math.max(g1, Math.max(greatestOf[i + 1], greatestOf[i + 3]));
    }
    product[0] = (p0 * p1) * (p2 * p3);
    squares[0] = (s0 + s1) + (s2 + s3);
    greatest[0] = Math.max(g0, g1);
  }

  /** Whether no exponent was beyond its bound, and the product not beyond what doubles can be. */
  boolean isBounded(int lane) {
    return greatest[lane] <= Exponential.BOUND && product[lane] <= Double.MAX_VALUE;
  }
}
