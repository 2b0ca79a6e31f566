package io.nelbo.model.vae;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.Features;

/**
 * The mean over the samples of −log P(x|z) of an observation's flags and categories, in nats: to a
 * relative 1e-8 the sum of {@link Likelihood}s, as −log Π_j P_j. Holds scratch space and allocates
 * nothing. NOT thread safe.
 */
final class DiscreteNats {
  /** A product that takes one more factor of no less than 1e-50 before it is nothing. */
  private static final double LEAST = 1e-250;

  private final OutputLayout layout;
  private final double floor;
  private final Products products;
  private final int width;
  private final double[][] samples;
  private final int codes; // of all discrete features
  private final double[] exponentials; // (samples × codes, padded)

  /** Prepares for samples whose parameters are read at each call. */
  DiscreteNats(Features features, double floor, Products products, double[][] parameters) {
    layout = new OutputLayout(features);
    this.floor = floor;
    this.products = products;
    width = products.width();
    samples = parameters;
    codes = features.outputs() - layout.continuous.length;
    exponentials = new double[Products.paddedDoubles(samples.length * codes)];
  }

  /** Returns the sum of the observation in a lane. */
  double of(double[] observation, int lane) {
    if (codes == 0) {
      return 0;
    }
    for (int s = 0; s < samples.length; s++) {
      writeExponents(observation, lane, s);
    }
    products.exp(exponentials);
    double sum = 0;
    for (int s = 0; s < samples.length; s++) {
      sum += sum(observation, s);
    }
    return sum / samples.length;
  }

  private void writeExponents(double[] observation, int lane, int sample) {
    double[] parameters = samples[sample];
    int to = sample * codes;
    for (int j : layout.discrete) {
      int at = layout.offsets[j] * width + lane;
      if (layout.kinds[j] == FeatureKind.BINARY) {
        double logit = parameters[at];
        exponentials[to++] = Exponential.bounded(observation[j] > 0 ? -logit : logit);
      } else {
        int end = at + layout.widths[j] * width;
        double greatest = parameters[at];
        for (int k = at + width; k < end; k += width) {
          greatest = Math.max(greatest, parameters[k]);
        }
        for (int k = at; k < end; k += width) {
          exponentials[to++] = Exponential.bounded(parameters[k] - greatest);
        }
      }
    }
  }

  private double sum(double[] observation, int sample) {
    int at = sample * codes;
    double sum = 0;
    double product = 1;
    for (int j : layout.discrete) {
      double x = observation[j];
      int own = layout.widths[j];
      if (Double.isNaN(x)) {
        at += own;
        continue;
      }
      if (layout.kinds[j] == FeatureKind.BINARY) {
        product *= (1 - floor) / (1 + exponentials[at]) + 0.5 * floor;
      } else {
        double total = 0;
        for (int k = 0; k < own; k++) {
          total += exponentials[at + k];
        }
        product *= (1 - floor) * exponentials[at + (int) x] / total + floor / own;
      }
      at += own;
      if (product < LEAST) {
        sum -= Logarithm.of(product);
        product = 1;
      }
    }
    return product == 1 ? sum : sum - Logarithm.of(product);
  }
}
