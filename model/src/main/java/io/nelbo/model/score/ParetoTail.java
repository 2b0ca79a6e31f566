package io.nelbo.model.score;

import java.util.Arrays;

/**
 * A generalised Pareto distribution of what exceeds a threshold.
 *
 * <p>The shape ξ is the estimate of Zhang and Stephens ("A new and efficient estimation method for
 * the generalized Pareto distribution", Technometrics 51, 2009: a likelihood-weighted mean, which
 * always exists and needs no starting point), drawn towards a weak prior as Vehtari et al. do
 * ("Pareto smoothed importance sampling", JMLR 25, 2024) and held at 0 or above, so that the tail
 * has no end. The scale σ is of maximum likelihood given that shape.
 *
 * @param threshold the score in nats at which the tail begins
 * @param scale σ in nats, positive
 * @param shape ξ, 0 or more; 0 is the exponential distribution
 */
record ParetoTail(double threshold, double scale, double shape) {
  /** The scale, in nats, where no calibration score exceeds the threshold. */
  private static final double UNKNOWN_SCALE = 1;

  /** Differences below this share of a score are rounding, not evidence. */
  private static final double ROUNDING = 1e-6;

  private static final double MIN_SCALE = 1e-3;

  private static final double PRIOR_SHAPE = 0.1;
  private static final double PRIOR_WEIGHT = 10;

  /** Fits a tail to the scores above {@code sorted[first - 1]}. */
  static ParetoTail fit(double[] sorted, int first) {
    double threshold = sorted[first - 1];
    double[] excesses =
        Arrays.stream(sorted, first, sorted.length)
            .map(score -> score - threshold)
            .filter(excess -> excess > 0)
            .toArray();
    if (excesses.length == 0) {
      return new ParetoTail(threshold, UNKNOWN_SCALE, 0);
    }
    int n = excesses.length;
    double shape =
        Math.max(0, (n * shape(excesses) + PRIOR_WEIGHT * PRIOR_SHAPE) / (n + PRIOR_WEIGHT));
    double floor = Math.max(MIN_SCALE, ROUNDING * Math.abs(threshold));
    return new ParetoTail(threshold, Math.max(floor, scale(excesses, shape)), shape);
  }

  /** Returns the distribution of what exceeds a higher threshold: the same shape, a wider scale. */
  ParetoTail above(double higher) {
    return new ParetoTail(higher, scale + shape * (higher - threshold), shape);
  }

  /** Returns P(more than score | more than the threshold); 0 where a double holds no less. */
  double survival(double score) {
    double z = (score - threshold) / scale;
    return StrictMath.exp(shape == 0 ? -z : -StrictMath.log1p(shape * z) / shape);
  }

  /** Returns the score whose {@link #survival} is the probability. */
  double scoreAt(double survival) {
    double nats = -StrictMath.log(survival);
    return threshold + scale * (shape == 0 ? nats : StrictMath.expm1(shape * nats) / shape);
  }

  // Zhang and Stephens 2009, section 3, with θ = -ξ/σ; the excesses are sorted and positive.
  private static double shape(double[] excesses) {
    int n = excesses.length;
    double quartile = excesses[Math.max(0, (int) (n / 4.0 + 0.5) - 1)];
    int points = 30 + (int) Math.sqrt(n);
    double[] theta = new double[points];
    double[] logLikelihood = new double[points];
    double highest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < points; j++) {
      theta[j] = 1 / excesses[n - 1] + (1 - Math.sqrt(points / (j + 0.5))) / (3 * quartile);
      double xi = shapeGiven(theta[j], excesses);
      logLikelihood[j] = n * (StrictMath.log(-theta[j] / xi) - xi - 1);
      highest = Math.max(highest, logLikelihood[j]);
    }
    double weights = 0;
    double mean = 0;
    for (int j = 0; j < points; j++) {
      double weight = StrictMath.exp(logLikelihood[j] - highest);
      weights += weight;
      mean += weight * theta[j];
    }
    double xi = shapeGiven(mean / weights, excesses);
    return Double.isFinite(xi) ? xi : PRIOR_SHAPE;
  }

  private static double shapeGiven(double theta, double[] excesses) {
    double sum = 0;
    for (double excess : excesses) {
      sum += StrictMath.log1p(-theta * excess);
    }
    return sum / excesses.length;
  }

  // The root of mean((1 + ξ) x / (σ + ξ x)) = 1, which falls with σ and lies below (1 + ξ) mean(x).
  private static double scale(double[] excesses, double shape) {
    double low = 0;
    double high = (1 + shape) * Arrays.stream(excesses).average().orElseThrow();
    if (shape == 0) {
      return high;
    }
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      double sum = 0;
      for (double excess : excesses) {
        sum += (1 + shape) * excess / (middle + shape * excess);
      }
      if (sum > excesses.length) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
