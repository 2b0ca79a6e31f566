package io.nelbo.model.vae;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.Features;

/**
 * The mean over the samples of −log p(x|z) of whole observations, in nats: the sum of {@link
 * Likelihood}s to a relative 1e-8, and, of the likelihoods that are the default, at a fraction of
 * their cost.
 *
 * <pre>
 * Gaussian       Σ_j ½ (log 2π + v_j + r_j² exp(−v_j)) = n ½ (log 2π − 6) + ½ log Π_j E_j + ½ e⁶ Σ_j r_j²/E_j
 * discrete       −log Π_j P_j
 *                E_j = 1 + exp(raw_j + 6),  v_j = −6 + log E_j
 * </pre>
 *
 * All exponentials of an observation are taken in one go, one logarithm a product, one division for
 * two features. What is missing has r = 0 and E = 1. Holds scratch space and allocates nothing. NOT
 * thread safe.
 */
final class TotalNats {
  /** A product that takes one more factor of up to 1e50 before it is as large as doubles are. */
  private static final double GREATEST = 1e250;

  private static final double LEAST = 1e-250;

  private static final double CONSTANT =
      0.5 * (Likelihood.LOG_TWO_PI + Likelihood.MIN_LOG_VARIANCE);

  private final OutputLayout layout;
  private final boolean gaussian;
  private final double floor;
  private final Products products;
  private final Conditional[] samples;
  private final int width; // of the exponentials of a sample: continuous, then discrete features
  private final double[] exponentials; // (samples × width, padded)
  private final double[] standardised; // (continuous), NaN if missing
  private final double[] residuals; // (samples × continuous)

  /** Prepares for samples whose parameters are read at each call. */
  TotalNats(Vae vae, Conditional... samples) {
    Features features = vae.features();
    layout = new OutputLayout(features);
    gaussian = vae.likelihood() == ContinuousLikelihood.GAUSSIAN;
    floor = vae.discreteFloor();
    products = vae.weights().network().products;
    this.samples = samples;
    width = features.outputs();
    exponentials = new double[Products.paddedDoubles(samples.length * width)];
    standardised = new double[layout.continuous.length];
    residuals = new double[samples.length * layout.continuous.length];
  }

  double of(double[] observation) {
    double constants = standardise(observation);
    boolean bounded = gaussian;
    for (int s = 0; s < samples.length; s++) {
      double[] parameters = samples[s].parameters();
      bounded &= writeContinuous(parameters, s);
      writeDiscrete(observation, parameters, s);
    }
    products.exp(exponentials);
    double sum = bounded ? gaussian() : oneByOne(observation);
    for (int s = 0; s < samples.length; s++) {
      sum += discrete(observation, s);
    }
    return bounded ? constants + sum / samples.length : sum / samples.length;
  }

  /** Returns what the nats of a Gaussian are beside their logarithm and square. */
  private double standardise(double[] observation) {
    int[] continuous = layout.continuous;
    double sum = 0;
    for (int c = 0; c < continuous.length; c++) {
      int j = continuous[c];
      double y = layout.standardised(j, observation[j]);
      standardised[c] = y;
      sum += Double.isNaN(y) ? 0 : CONSTANT + layout.logScales[j];
    }
    return sum;
  }

  /** Returns whether no exponential is beyond its bound. */
  private boolean writeContinuous(double[] parameters, int sample) {
    int[] offsets = layout.continuousOffsets;
    int count = offsets.length;
    int from = sample * count;
    int at = sample * width;
    boolean bounded = true;
    for (int c = 0; c < count; c++) {
      double y = standardised[c];
      double t = parameters[layout.firstVariance + c] - Likelihood.MIN_LOG_VARIANCE;
      if (Double.isNaN(y)) {
        residuals[from + c] = 0;
        exponentials[at + c] = -Exponential.BOUND;
      } else {
        residuals[from + c] = y - parameters[offsets[c]];
        exponentials[at + c] = Exponential.bounded(t);
        bounded &= t <= Exponential.BOUND;
      }
    }
    return bounded;
  }

  /** The sum over the samples. */
  private double gaussian() {
    int count = standardised.length;
    double logs = 0;
    double squares = 0;
    double product = 1;
    for (int s = 0; s < samples.length; s++) {
      int from = s * count;
      int at = s * width;
      int c = 0;
      for (; c + 1 < count; c += 2) {
        double e1 = 1 + exponentials[at + c];
        double e2 = 1 + exponentials[at + c + 1];
        double r1 = residuals[from + c];
        double r2 = residuals[from + c + 1];
        double both = e1 * e2;
        squares += (r1 * r1 * e2 + r2 * r2 * e1) / both;
        product *= both;
        if (product > GREATEST) {
          logs += StrictMath.log(product);
          product = 1;
        }
      }
      if (c < count) {
        double e = 1 + exponentials[at + c];
        squares += residuals[from + c] * residuals[from + c] / e;
        product *= e;
      }
    }
    return 0.5 * (logs + StrictMath.log(product) + Likelihood.MAX_PRECISION * squares);
  }

  /** The sum over the samples, of what is not Gaussian or has a variance beyond the bound. */
  private double oneByOne(double[] observation) {
    double sum = 0;
    for (Conditional sample : samples) {
      for (int j : layout.continuous) {
        sum += sample.nats(j, observation[j]);
      }
    }
    return sum;
  }

  private void writeDiscrete(double[] observation, double[] parameters, int sample) {
    int to = sample * width + standardised.length;
    for (int j : layout.discrete) {
      int at = layout.offsets[j];
      if (layout.kinds[j] == FeatureKind.BINARY) {
        double logit = parameters[at];
        exponentials[to++] = Exponential.bounded(observation[j] > 0 ? -logit : logit);
      } else {
        int end = at + layout.widths[j];
        double greatest = parameters[at];
        for (int k = at + 1; k < end; k++) {
          greatest = Math.max(greatest, parameters[k]);
        }
        for (int k = at; k < end; k++) {
          exponentials[to++] = Exponential.bounded(parameters[k] - greatest);
        }
      }
    }
  }

  private double discrete(double[] observation, int sample) {
    int at = sample * width + standardised.length;
    double sum = 0;
    double product = 1;
    for (int j : layout.discrete) {
      double x = observation[j];
      int codes = layout.widths[j];
      if (Double.isNaN(x)) {
        at += codes;
        continue;
      }
      if (layout.kinds[j] == FeatureKind.BINARY) {
        product *= (1 - floor) / (1 + exponentials[at]) + 0.5 * floor;
      } else {
        double total = 0;
        for (int k = 0; k < codes; k++) {
          total += exponentials[at + k];
        }
        product *= (1 - floor) * exponentials[at + (int) x] / total + floor / codes;
      }
      at += codes;
      if (product < LEAST) {
        sum -= StrictMath.log(product);
        product = 1;
      }
    }
    return product == 1 ? sum : sum - StrictMath.log(product);
  }
}
