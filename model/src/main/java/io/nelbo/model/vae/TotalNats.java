package io.nelbo.model.vae;

import io.nelbo.model.feature.Features;

/**
 * −log p(x|z) of whole observations, in nats: the sum of {@link Likelihood}s to a relative 1e-8 at
 * a fraction of their cost.
 *
 * <pre>
 * Gaussian       Σ_j ½ (log 2π + v_j + r_j² exp(−v_j)) = n ½ (log 2π − 6) + ½ log Π_j E_j + ½ e⁶ Σ_j r_j²/E_j
 * Student's t    n (norm − 3) + ½ log Π_j E_j + ½ (ν+1) log Π_j (1 + r_j² e⁶/(ν E_j))
 * discrete       −log Π_j P_j
 *                E_j = 1 + exp(raw_j + 6),  v_j = −6 + log E_j
 * </pre>
 *
 * All exponentials of an observation are taken in one go, and one logarithm a product. Holds
 * scratch space and allocates nothing. NOT thread safe.
 */
final class TotalNats {
  private final OutputLayout layout;
  private final boolean gaussian;
  private final double floor;
  private final double constant; // of a continuous feature
  private final Products products = Products.best();
  private final double[] exponentials; // (outputs, padded)
  private final LogProduct variances = new LogProduct();
  private final LogProduct tails = new LogProduct();
  private final LogProduct probabilities = new LogProduct();

  TotalNats(Vae vae, OutputLayout layout) {
    Features features = vae.features();
    this.layout = layout;
    gaussian = vae.likelihood() == ContinuousLikelihood.GAUSSIAN;
    floor = vae.discreteFloor();
    constant =
        0.5 * Likelihood.MIN_LOG_VARIANCE
            + (gaussian ? 0.5 * Likelihood.LOG_TWO_PI : Likelihood.STUDENT_NORM);
    exponentials = new double[Products.padded(features.outputs())];
  }

  /** Returns the nats of an observation, given what the decoder says; what is missing adds none. */
  double of(double[] observation, double[] parameters) {
    writeExponents(observation, parameters);
    products.exp(exponentials);
    variances.clear();
    tails.clear();
    probabilities.clear();
    double squares = 0;
    double sum = 0;
    for (int j = 0; j < observation.length; j++) {
      double x = observation[j];
      if (Double.isNaN(x)) {
        continue;
      }
      int at = layout.offsets[j];
      switch (layout.kinds[j]) {
        case CONTINUOUS -> {
          double r = layout.standardised(j, x) - parameters[at];
          double raw = parameters[layout.variances[j]];
          double e = 1 + exponentials[at];
          sum += constant + layout.logScales[j];
          if (raw - Likelihood.MIN_LOG_VARIANCE > Exponential.BOUND) {
            sum += 0.5 * (raw - Likelihood.MIN_LOG_VARIANCE); // E = exp(raw + 6) beyond the bound
            e = StrictMath.exp(raw - Likelihood.MIN_LOG_VARIANCE);
          } else {
            variances.times(e);
          }
          if (gaussian) {
            squares += r * r / e;
          } else {
            tails.times(1 + r * r * (Likelihood.MAX_PRECISION / Likelihood.NU) / e);
          }
        }
        case BINARY -> probabilities.times((1 - floor) / (1 + exponentials[at]) + 0.5 * floor);
        case CATEGORICAL -> {
          int width = layout.widths[j];
          double total = 0;
          for (int k = 0; k < width; k++) {
            total += exponentials[at + k];
          }
          probabilities.times((1 - floor) * exponentials[at + (int) x] / total + floor / width);
        }
      }
    }
    return sum
        + 0.5 * variances.log()
        + 0.5 * Likelihood.MAX_PRECISION * squares
        + 0.5 * (Likelihood.NU + 1) * tails.log()
        - probabilities.log();
  }

  private void writeExponents(double[] observation, double[] parameters) {
    for (int j = 0; j < observation.length; j++) {
      int at = layout.offsets[j];
      switch (layout.kinds[j]) {
        case CONTINUOUS ->
            exponentials[at] = parameters[layout.variances[j]] - Likelihood.MIN_LOG_VARIANCE;
        case BINARY -> exponentials[at] = observation[j] > 0 ? -parameters[at] : parameters[at];
        case CATEGORICAL -> {
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
}
