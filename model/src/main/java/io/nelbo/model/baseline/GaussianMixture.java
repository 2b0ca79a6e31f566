package io.nelbo.model.baseline;

import java.util.List;

/**
 * The density p(x) = Σ_c π_c N(x; m_c, Σ_c) of inputs. {@link ExpectationMaximization} fits it.
 * Immutable by contract.
 */
final class GaussianMixture {
  private final List<Gaussian> components;
  private final double[] logWeights; // log π_c, −∞ of a component that lost every row

  GaussianMixture(List<Gaussian> components, double[] weights) {
    this.components = List.copyOf(components);
    logWeights = new double[weights.length];
    for (int c = 0; c < weights.length; c++) {
      logWeights[c] = Math.log(weights[c]);
    }
  }

  int size() {
    return components.size();
  }

  Gaussian component(int c) {
    return components.get(c);
  }

  double logDensity(float[] x) {
    return posteriors(x, new double[components.size()]);
  }

  /** Writes P(c|x) of each component c; returns log p(x). */
  double posteriors(float[] x, double[] posteriors) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < posteriors.length; c++) {
      posteriors[c] = logWeights[c] + components.get(c).logDensity(x);
      greatest = Math.max(greatest, posteriors[c]);
    }
    double sum = 0;
    for (int c = 0; c < posteriors.length; c++) {
      posteriors[c] = Math.exp(posteriors[c] - greatest);
      sum += posteriors[c];
    }
    for (int c = 0; c < posteriors.length; c++) {
      posteriors[c] /= sum;
    }
    return greatest + Math.log(sum);
  }
}
