package io.nelbo.model.vae;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.Features;

/**
 * The mean over the samples of −log P(x|z) of an observation's flags and categories, in nats: to a
 * relative 1e-8 the sum of {@link Likelihood}s, as −log Π_j P_j. Of as many observations side by
 * side as the products have. Holds scratch space and allocates nothing. NOT thread safe.
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
  private final double[] exponentials; // (samples × codes × lanes, padded)

  /** Prepares for samples whose parameters are read at each call. */
  DiscreteNats(Features features, double floor, Products products, double[][] parameters) {
    layout = new OutputLayout(features);
    this.floor = floor;
    this.products = products;
    width = products.width();
    samples = parameters;
    codes = features.outputs() - layout.continuous.length;
    exponentials = new double[Products.paddedDoubles(samples.length * codes * width)];
  }

  /** Takes the first of the observations, one a lane. */
  void observe(double[][] observations, int count) {
    if (codes == 0) {
      return;
    }
    for (int s = 0; s < samples.length; s++) {
      writeExponents(observations, count, s);
    }
    products.exp(exponentials); // those of other lanes are not read
  }

  private void writeExponents(double[][] observations, int count, int sample) {
    double[] parameters = samples[sample];
    int to = sample * codes * width;
    for (int j : layout.discrete) {
      int first = layout.offsets[j] * width;
      int size = layout.widths[j] * width;
      for (int lane = 0; lane < count; lane++) {
        int at = first + lane;
        if (layout.kinds[j] == FeatureKind.BINARY) {
          double logit = parameters[at];
          exponentials[to + lane] = Exponential.bounded(observations[lane][j] > 0 ? -logit : logit);
        } else {
          double greatest = parameters[at];
          for (int k = width; k < size; k += width) {
            greatest = Math.max(greatest, parameters[at + k]);
          }
          for (int k = 0; k < size; k += width) {
            exponentials[to + lane + k] = Exponential.bounded(parameters[at + k] - greatest);
          }
        }
      }
      to += size;
    }
  }

  /** Returns the sum of the observation that was taken in a lane. */
  double nats(double[] observation, int lane) {
    double sum = 0;
    for (int s = 0; codes > 0 && s < samples.length; s++) {
      sum += sum(observation, s * codes * width + lane);
    }
    return sum / samples.length;
  }

  private double sum(double[] observation, int from) {
    int at = from;
    double sum = 0;
    double product = 1;
    for (int j : layout.discrete) {
      double x = observation[j];
      int own = layout.widths[j];
      int size = own * width;
      if (Double.isNaN(x)) {
        at += size;
        continue;
      }
      if (layout.kinds[j] == FeatureKind.BINARY) {
        product *= (1 - floor) / (1 + exponentials[at]) + 0.5 * floor;
      } else {
        double total = 0;
        for (int k = 0; k < size; k += width) {
          total += exponentials[at + k];
        }
        product *= (1 - floor) * exponentials[at + ((int) x) * width] / total + floor / own;
      }
      at += size;
      if (product < LEAST) {
        sum -= Logarithm.of(product);
        product = 1;
      }
    }
    return product == 1 ? sum : sum - Logarithm.of(product);
  }
}
