package io.nelbo.model.vae;

/**
 * The continuous features of an observation beside what a decoder says of them, and the sums over
 * them that their likelihood takes. The arrays of features are padded with what is missing. NOT
 * thread safe.
 */
final class GaussianTerms {
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

  private final int[] offsets; // of means
  private final boolean apart; // whether discrete features are in between
  private double product;
  private double squares;
  private boolean bounded;

  /**
   * Prepares for samples whose parameters are read at each call.
   *
   * @param offsets where the mean of each feature is, rising
   */
  GaussianTerms(int[] offsets, int firstVariance, double[][] parameters) {
    this.offsets = offsets;
    variances = parameters;
    this.firstVariance = firstVariance;
    int padded = Products.paddedDoubles(offsets.length);
    y = new double[padded];
    present = new double[padded];
    shift = new double[padded];
    for (int c = 0; c < padded; c++) {
      observe(c, Double.NaN);
    }
    apart = offsets.length > 0 && offsets[offsets.length - 1] != offsets.length - 1;
    productsOf = new double[parameters.length * Products.SUMS];
    squaresOf = productsOf.clone();
    greatestOf = productsOf.clone();
    means = apart ? new double[parameters.length][padded] : parameters;
  }

  /** Takes a feature's standardised value and returns whether there is one. */
  boolean observe(int c, double value) {
    boolean isThere = !Double.isNaN(value);
    y[c] = isThere ? value : 0;
    present[c] = isThere ? 1 : 0;
    shift[c] = isThere ? SHIFT : -Exponential.BOUND;
    return isThere;
  }

  /** Takes the samples' means. */
  void gather() {
    for (int s = 0; apart && s < means.length; s++) {
      for (int c = 0; c < offsets.length; c++) {
        means[s][c] = variances[s][offsets[c]];
      }
    }
  }

  /** Sums over the sums, by four chains, which do not wait for one another. */
  void fold() {
    double p0 = 1;
    double p1 = 1;
    double p2 = 1;
    double p3 = 1;
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    boolean within = true;
    for (int i = 0; i < productsOf.length; i += 4) {
      p0 *= productsOf[i];
      p1 *= productsOf[i + 1];
      p2 *= productsOf[i + 2];
      p3 *= productsOf[i + 3];
      s0 += squaresOf[i];
      s1 += squaresOf[i + 1];
      s2 += squaresOf[i + 2];
      s3 += squaresOf[i + 3];
      within =
          within
              && greatestOf[i] <= Exponential.BOUND
              && greatestOf[i + 1] <= Exponential.BOUND
              && greatestOf[i + 2] <= Exponential.BOUND
              && greatestOf[i + 3] <= Exponential.BOUND;
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
