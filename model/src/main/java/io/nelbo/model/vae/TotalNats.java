package io.nelbo.model.vae;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.Features;

/**
 * −log p(x|z) of whole observations, in nats: the sum of {@link Likelihood}s to a relative 1e-8,
 * and, of the likelihoods that are the default, at a fraction of their cost.
 *
 * <pre>
 * Gaussian       Σ_j ½ (log 2π + v_j + r_j² exp(−v_j)) = n ½ (log 2π − 6) + ½ log Π_j E_j + ½ e⁶ Σ_j r_j²/E_j
 * discrete       −log Π_j P_j
 *                E_j = 1 + exp(raw_j + 6),  v_j = −6 + log E_j
 * </pre>
 *
 * All exponentials of an observation are taken in one go, and one logarithm a product. Holds
 * scratch space and allocates nothing. NOT thread safe.
 */
final class TotalNats {
  /** A product that takes one more factor of up to 1e50 before it is as large as doubles are. */
  private static final double GREATEST = 1e250;

  private static final double LEAST = 1e-250;

  /** Where the exponential is held. */
  private static final double LARGE = Exponential.BOUND + Likelihood.MIN_LOG_VARIANCE;

  private static final double CONSTANT =
      0.5 * (Likelihood.LOG_TWO_PI + Likelihood.MIN_LOG_VARIANCE);

  private final OutputLayout layout;
  private final boolean gaussian;
  private final double floor;
  private final Products products = Products.best();
  private final double[] exponentials; // (outputs, padded)

  TotalNats(Vae vae, OutputLayout layout) {
    Features features = vae.features();
    this.layout = layout;
    gaussian = vae.likelihood() == ContinuousLikelihood.GAUSSIAN;
    floor = vae.discreteFloor();
    exponentials = new double[Products.padded(features.outputs())];
  }

  /** Returns the nats of an observation, given what the decoder says; what is missing adds none. */
  double of(double[] observation, double[] parameters) {
    writeExponents(observation, parameters);
    products.exp(exponentials);
    double sum = discrete(observation);
    return sum + (gaussian ? gaussian(observation, parameters) : studentT(observation, parameters));
  }

  private double gaussian(double[] observation, double[] parameters) {
    double sum = 0;
    double squares = 0;
    double product = 1;
    for (int j : layout.continuous) {
      double x = observation[j];
      if (Double.isNaN(x)) {
        continue;
      }
      double r = layout.standardised(j, x) - parameters[layout.offsets[j]];
      double raw = parameters[layout.variances[j]];
      double e = 1 + exponentials[layout.offsets[j]];
      sum += CONSTANT + layout.logScales[j];
      if (raw > LARGE) {
        e = StrictMath.exp(raw - Likelihood.MIN_LOG_VARIANCE);
        sum += 0.5 * (raw - Likelihood.MIN_LOG_VARIANCE);
      } else {
        product *= e;
        if (product > GREATEST) {
          sum += 0.5 * StrictMath.log(product);
          product = 1;
        }
      }
      squares += r * r / e;
    }
    return sum + 0.5 * StrictMath.log(product) + 0.5 * Likelihood.MAX_PRECISION * squares;
  }

  private double studentT(double[] observation, double[] parameters) {
    double sum = 0;
    for (int j : layout.continuous) {
      double x = observation[j];
      if (!Double.isNaN(x)) {
        double y = layout.standardised(j, x);
        sum +=
            layout.logScales[j]
                + Likelihood.studentT(
                    y, parameters[layout.offsets[j]], parameters[layout.variances[j]]);
      }
    }
    return sum;
  }

  /** Reads nothing but the exponentials, of which those of a feature are of one observation. */
  private double discrete(double[] observation) {
    double sum = 0;
    double product = 1;
    for (int j : layout.discrete) {
      double x = observation[j];
      if (Double.isNaN(x)) {
        continue;
      }
      int at = layout.offsets[j];
      if (layout.kinds[j] == FeatureKind.BINARY) {
        product *= (1 - floor) / (1 + exponentials[at]) + 0.5 * floor;
      } else {
        int width = layout.widths[j];
        double total = 0;
        for (int k = 0; k < width; k++) {
          total += exponentials[at + k];
        }
        product *= (1 - floor) * exponentials[at + (int) x] / total + floor / width;
      }
      if (product < LEAST) {
        sum -= StrictMath.log(product);
        product = 1;
      }
    }
    return product == 1 ? sum : sum - StrictMath.log(product);
  }

  private void writeExponents(double[] observation, double[] parameters) {
    for (int j : layout.continuous) {
      exponentials[layout.offsets[j]] =
          parameters[layout.variances[j]] - Likelihood.MIN_LOG_VARIANCE;
    }
    for (int j : layout.discrete) {
      int at = layout.offsets[j];
      if (layout.kinds[j] == FeatureKind.BINARY) {
        exponentials[at] = observation[j] > 0 ? -parameters[at] : parameters[at];
      } else {
        int end = at + layout.widths[j];
        double greatest = parameters[at];
        for (int k = at + 1; k < end; k++) {
          greatest = Math.max(greatest, parameters[k]);
        }
        for (int k = at; k < end; k++) {
          exponentials[k] = parameters[k] - greatest;
        }
      }
    }
  }
}
