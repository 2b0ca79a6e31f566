package io.nelbo.model.vae;

import io.nelbo.model.feature.Features;

/**
 * What a decoder expects of an observation, in the record's units, averaged over the latents that
 * it was asked at. A view of the latest evaluation. NOT thread safe.
 */
public final class Expectation {
  /** 95 % of a normal distribution are within this many standard deviations. */
  private static final double NORMAL_95 = 1.96;

  private final Features features;
  private final Conditional[] conditionals;

  Expectation(Features features, Conditional[] conditionals) {
    this.features = features;
    this.conditionals = conditionals;
  }

  /** The expected value of a continuous feature. */
  public double mean(int feature) {
    double sum = 0;
    for (Conditional conditional : conditionals) {
      sum += conditional.mean(feature);
    }
    return sum / conditionals.length;
  }

  /** The lower end of a continuous feature's 95 % interval. */
  public double low(int feature) {
    return mean(feature) - NORMAL_95 * deviation(feature);
  }

  /** The upper end of a continuous feature's 95 % interval. */
  public double high(int feature) {
    return mean(feature) + NORMAL_95 * deviation(feature);
  }

  /** The root of the mean of the variances plus the variance of the means. */
  private double deviation(int feature) {
    double mean = mean(feature);
    double sum = 0;
    for (Conditional conditional : conditionals) {
      double off = conditional.mean(feature) - mean;
      sum += conditional.variance(feature) + off * off;
    }
    return Math.sqrt(sum / conditionals.length);
  }

  /** The probability of a code of a discrete feature: 0 is false or OTHER. */
  public double probability(int feature, int code) {
    double sum = 0;
    for (Conditional conditional : conditionals) {
      sum += conditional.probability(feature, code);
    }
    return sum / conditionals.length;
  }

  /** The likeliest code of a discrete feature. */
  public int likeliest(int feature) {
    int best = 0;
    for (int code = 1; code < Math.max(2, features.specs().get(feature).width()); code++) {
      if (probability(feature, code) > probability(feature, best)) {
        best = code;
      }
    }
    return best;
  }
}
