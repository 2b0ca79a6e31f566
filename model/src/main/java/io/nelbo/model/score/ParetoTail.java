package io.nelbo.model.score;

import java.util.Arrays;

/**
 * A generalised Pareto distribution of what exceeds a threshold, without an end.
 *
 * <p>The shape ξ is the estimate of Zhang and Stephens ("A new and efficient estimation method for
 * the generalized Pareto distribution", Technometrics 51, 2009: a likelihood-weighted mean, which
 * always exists and needs no starting point). It is not drawn towards the exponential distribution,
 * as is often done: the scores of normal records have heavier tails. The scale σ is of maximum
 * likelihood given that shape.
 *
 * <p>A negative shape would end the tail at a highest possible score, on the word of a few scores.
 * So beyond its reach the tail goes on exponentially, at the rate it has there.
 *
 * @param threshold the score in nats at which the tail begins
 * @param scale σ in nats, positive
 * @param shape ξ, −0.5 or more; 0 is the exponential distribution
 * @param reach the score in nats beyond which the tail is exponential; infinite if ξ ≥ 0
 */
record ParetoTail(double threshold, double scale, double shape, double reach) {
  /** The scale, in nats, where no calibration score exceeds the threshold. */
  private static final double UNKNOWN_SCALE = 1;

  /** Differences below this share of a score are rounding, not evidence. */
  private static final double ROUNDING = 1e-6;

  private static final double MIN_SCALE = 1e-3;

  private static final double MIN_SHAPE = -0.5;

  /**
   * Fits a tail to the scores above {@code sorted[first - 1]} and lets it begin at a joint among
   * them, with a survival of 1 there.
   *
   * @param reached the survival down to which a negative shape is believed
   */
  static ParetoTail fit(double[] sorted, int first, double joint, double reached) {
    double threshold = sorted[first - 1];
    double[] excesses =
        Arrays.stream(sorted, first, sorted.length)
            .map(score -> score - threshold)
            .filter(excess -> excess > 0)
            .toArray();
    if (excesses.length == 0) {
      return new ParetoTail(joint, UNKNOWN_SCALE, 0, Double.POSITIVE_INFINITY);
    }
    double shape = Math.max(MIN_SHAPE, shape(excesses));
    // The excess over a higher threshold has the same shape and the scale σ + ξ·(difference).
    double scale = scale(excesses, shape) + shape * (joint - threshold);
    scale = Math.max(scale, Math.max(MIN_SCALE, ROUNDING * Math.abs(joint)));
    double reach = shape < 0 ? joint + scale * excess(reached, shape) : Double.POSITIVE_INFINITY;
    return new ParetoTail(joint, scale, shape, reach);
  }

  /** Returns P(more than score | more than the threshold); 0 where a double holds no less. */
  double survival(double score) {
    double z = (Math.min(score, reach) - threshold) / scale;
    double survival = StrictMath.exp(shape == 0 ? -z : -StrictMath.log1p(shape * z) / shape);
    return score > reach ? survival * StrictMath.exp((reach - score) / scaleAtReach()) : survival;
  }

  /** Returns the score at which the {@link #survival} is what is given, in (0, 1]. */
  double scoreAt(double survival) {
    double score = threshold + scale * excess(survival, shape);
    if (score <= reach) {
      return score;
    }
    return reach + scaleAtReach() * StrictMath.log(survival(reach) / survival);
  }

  double scaleAtReach() {
    return scale + shape * (reach - threshold);
  }

  // (S^-ξ - 1) / ξ: what exceeds, in scales, with probability S.
  private static double excess(double survival, double shape) {
    double nats = -StrictMath.log(survival);
    return shape == 0 ? nats : StrictMath.expm1(shape * nats) / shape;
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
    return Double.isFinite(xi) ? xi : 0;
  }

  private static double shapeGiven(double theta, double[] excesses) {
    double sum = 0;
    for (double excess : excesses) {
      sum += StrictMath.log1p(-theta * excess);
    }
    return sum / excesses.length;
  }

  // The root of mean((1 + ξ) x / (σ + ξ x)) = 1, which falls with σ.
  private static double scale(double[] excesses, double shape) {
    double mean = Arrays.stream(excesses).average().orElseThrow();
    if (shape == 0) {
      return mean;
    }
    double low = Math.max(0, -shape * excesses[excesses.length - 1]);
    double high = low + (1 + Math.abs(shape)) * mean;
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
