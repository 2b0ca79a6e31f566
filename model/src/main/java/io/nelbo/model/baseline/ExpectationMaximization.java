package io.nelbo.model.baseline;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Fits a Gaussian mixture by EM (Dempster, Laird and Rubin 1977) from a k-means++ start. The mean
 * log-likelihood never falls from one iteration to the next. NOT thread safe.
 *
 * <p>The number of components, at most 4, is the first after which the Bayesian information
 * criterion (Schwarz 1978) gets worse. More fit normal rows better, but where a window has
 * anomalies in it they give these components of their own, and lose more there than they gain.
 */
final class ExpectationMaximization {
  private static final int MAX_SIZE = 4;
  private static final int MAX_ITERATIONS = 100;

  /** Converged when an iteration gains less than this, in nats a row. */
  private static final double TOLERANCE = 1e-3;

  /** Posteriors below this are 0, which spares most of the work where components lie apart. */
  private static final double NEGLIGIBLE = 1e-12;

  private final float[][] rows;
  private final double[][] posteriors; // (components)(rows)
  private GaussianMixture mixture;
  private double logLikelihood = Double.NEGATIVE_INFINITY;

  /** Starts with each row in the component of its nearest centre. */
  ExpectationMaximization(float[][] rows, int size, SplittableRandom random) {
    this.rows = rows;
    posteriors = new double[size][rows.length];
    int[] nearest = Centres.nearest(rows, size, random);
    for (int row = 0; row < rows.length; row++) {
      posteriors[nearest[row]][row] = 1;
    }
    // A centre without a row, where there are fewer distinct rows than centres, never gets one.
    Gaussian all = Gaussian.fit(rows);
    List<Gaussian> broad = new ArrayList<>();
    for (int c = 0; c < size; c++) {
      broad.add(all);
    }
    mixture = maximized(broad);
  }

  /** Fits mixtures of growing size and returns the best by BIC. */
  static GaussianMixture fit(float[][] rows, SplittableRandom random) {
    GaussianMixture best = null;
    double bestCriterion = Double.POSITIVE_INFINITY;
    for (int size = 1; size <= Math.min(MAX_SIZE, rows.length); size++) {
      ExpectationMaximization em = new ExpectationMaximization(rows, size, random.split());
      em.run();
      double criterion = em.criterion();
      if (best != null && criterion >= bestCriterion) {
        break;
      }
      best = em.mixture;
      bestCriterion = criterion;
    }
    if (best == null) {
      throw new IllegalArgumentException("a mixture needs at least one row, was given none");
    }
    return best;
  }

  private void run() {
    double gain = Double.POSITIVE_INFINITY;
    for (int i = 0; i < MAX_ITERATIONS && gain > TOLERANCE; i++) {
      double before = logLikelihood;
      gain = iterate() - before;
    }
  }

  /**
   * Takes the posteriors under the mixture, then the mixture that is best for them; returns the
   * mean log-likelihood of the former.
   */
  double iterate() {
    double sum = 0;
    double[] ofRow = new double[posteriors.length];
    for (int row = 0; row < rows.length; row++) {
      sum += mixture.posteriors(rows[row], ofRow);
      for (int c = 0; c < ofRow.length; c++) {
        posteriors[c][row] = ofRow[c] < NEGLIGIBLE ? 0 : ofRow[c];
      }
    }
    List<Gaussian> before = new ArrayList<>();
    for (int c = 0; c < mixture.size(); c++) {
      before.add(mixture.component(c));
    }
    mixture = maximized(before);
    logLikelihood = sum / rows.length;
    return logLikelihood;
  }

  private GaussianMixture maximized(List<Gaussian> before) {
    List<Gaussian> components = new ArrayList<>();
    double[] weights = new double[posteriors.length];
    for (int c = 0; c < weights.length; c++) {
      for (double posterior : posteriors[c]) {
        weights[c] += posterior / rows.length;
      }
      components.add(weights[c] > 0 ? Gaussian.fit(rows, posteriors[c]) : before.get(c));
    }
    return new GaussianMixture(components, weights);
  }

  /** BIC: −2 log-likelihood + parameters · log rows; lower is better. */
  private double criterion() {
    double parameters = mixture.size() * (1 + Gaussian.parameters(rows[0].length)) - 1;
    return -2 * rows.length * logLikelihood + parameters * Math.log(rows.length);
  }

  GaussianMixture mixture() {
    return mixture;
  }
}
