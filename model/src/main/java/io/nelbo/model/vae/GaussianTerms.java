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

  /**
   * Of each sample, over every {@link Products#SUMS}-th feature: Π E, Σ r²/E and the greatest
   * exponent.
   */
  final double[] productsOf;

  final double[] squaresOf;
  final double[] greatestOf;

  /** Scratch space for those of a {@link #BLOCK}. */
  final double[] exponentials;

  private final int width;
  private final int[] offsets; // of means
  private final boolean apart; // whether discrete features are in between
  private double product;
  private double squares;
  private boolean bounded;

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
    exponentials = new double[BLOCK * width];
    means = apart ? new double[parameters.length][padded] : parameters;
  }

  /** Takes a feature's standardised value in one lane; NaN if it is missing. */
  void observe(int c, int lane, double value) {
    int at = c * width + lane;
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

  /** Sums over the sums of one lane, by four chains, which do not wait for one another. */
  void fold(int lane) {
    double p0 = 1;
    double p1 = 1;
    double p2 = 1;
    double p3 = 1;
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    boolean within = true;
    for (int i = lane; i < productsOf.length; i += 4 * width) {
      int second = i + width;
      int third = second + width;
      int fourth = third + width;
      p0 *= productsOf[i];
      p1 *= productsOf[second];
      p2 *= productsOf[third];
      p3 *= productsOf[fourth];
      s0 += squaresOf[i];
      s1 += squaresOf[second];
      s2 += squaresOf[third];
      s3 += squaresOf[fourth];
      within =
          within
              && greatestOf[i] <= Exponential.BOUND
              && greatestOf[second] <= Exponential.BOUND
              && greatestOf[third] <= Exponential.BOUND
              && greatestOf[fourth] <= Exponential.BOUND;
    }
    product = (p0 * p1) * (p2 * p3);
    squares = (s0 + s1) + (s2 + s3);
    bounded = within && product <= Double.MAX_VALUE;
  }

  /** Π E over all samples and features. */
  double product() {
    return product;
  }

  /** Σ r²/E over all samples and features. */
  double squares() {
    return squares;
  }

  /** Whether no exponent was beyond its bound, and the product not beyond what doubles can be. */
  boolean bounded() {
    return bounded;
  }
}
