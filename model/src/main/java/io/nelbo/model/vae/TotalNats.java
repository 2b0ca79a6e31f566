package io.nelbo.model.vae;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.Features;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
 * One logarithm a {@link #BLOCK} of features. What is missing has r = 0 and E = 1. Holds scratch
 * space and allocates nothing. NOT thread safe.
 */
final class TotalNats {
  /** The features of one product, which a double holds unless all variances are near the bound. */
  private static final int BLOCK = 2 * Products.SUMS;

  /** A product that takes one more factor of no less than 1e-50 before it is nothing. */
  private static final double LEAST = 1e-250;

  private static final double CONSTANT =
      0.5 * (Likelihood.LOG_TWO_PI + Likelihood.MIN_LOG_VARIANCE);

  private final OutputLayout layout;
  private final boolean gaussian;
  private final double floor;
  private final Products products;
  private final Conditional[] samples;
  private final int[] continuous; // features
  private final GaussianTerms terms;
  private final double constantsOfAll;
  private final int width; // of the exponentials of a sample's discrete features
  private final double[] exponentials; // (samples × width, padded)

  /** Prepares for samples whose parameters are read at each call. */
  TotalNats(Vae vae, Products products, Conditional... samples) {
    Features features = vae.features();
    layout = new OutputLayout(features);
    gaussian = vae.likelihood() == ContinuousLikelihood.GAUSSIAN;
    floor = vae.discreteFloor();
    this.products = products;
    this.samples = samples;
    continuous = layout.continuous;
    terms =
        new GaussianTerms(
            layout.continuousOffsets,
            layout.firstVariance,
            Stream.of(samples).map(Conditional::parameters).toArray(double[][]::new));
    constantsOfAll = IntStream.of(continuous).mapToDouble(this::constant).sum();
    width = features.outputs() - continuous.length;
    exponentials = new double[Products.paddedDoubles(samples.length * width)];
  }

  double of(double[] observation) {
    double sum = gaussian ? gaussian(observation) : oneByOne(observation);
    return width == 0 ? sum : sum + discrete(observation) / samples.length;
  }

  private double gaussian(double[] observation) {
    double constants = standardise(observation);
    terms.gather();
    double logs = 0;
    double squares = 0;
    for (int from = 0; from < continuous.length; from += BLOCK) {
      int to = Math.min(from + BLOCK, continuous.length);
      for (int s = 0; s < samples.length; s++) {
        products.sum(terms, s, from, to);
      }
      terms.fold();
      if (!terms.bounded()) {
        return oneByOne(observation);
      }
      logs += StrictMath.log(terms.product());
      squares += terms.squares();
    }
    return constants + 0.5 * (logs + Likelihood.MAX_PRECISION * squares) / samples.length;
  }

  /** Returns what the nats of a Gaussian are beside their logarithm and square. */
  private double standardise(double[] observation) {
    double sum = constantsOfAll;
    for (int c = 0; c < continuous.length; c++) {
      int j = continuous[c];
      if (!terms.observe(c, layout.standardised(j, observation[j]))) {
        sum -= constant(j);
      }
    }
    return sum;
  }

  private double constant(int feature) {
    return CONSTANT + layout.logScales[feature];
  }

  /** What is not Gaussian, or beyond the bounds. */
  private double oneByOne(double[] observation) {
    double sum = 0;
    for (Conditional sample : samples) {
      for (int j : continuous) {
        sum += sample.nats(j, observation[j]);
      }
    }
    return sum / samples.length;
  }

  /** The sum over the samples. */
  private double discrete(double[] observation) {
    for (int s = 0; s < samples.length; s++) {
      writeDiscrete(observation, samples[s].parameters(), s);
    }
    products.exp(exponentials);
    double sum = 0;
    for (int s = 0; s < samples.length; s++) {
      sum += discrete(observation, s);
    }
    return sum;
  }

  private void writeDiscrete(double[] observation, double[] parameters, int sample) {
    int to = sample * width;
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
    int at = sample * width;
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
