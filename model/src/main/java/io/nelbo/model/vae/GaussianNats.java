package io.nelbo.model.vae;

import io.nelbo.model.feature.Features;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The mean over the samples of −log p(x|z) of an observation's continuous features, if Gaussian, in
 * nats: to a relative 1e-8 the sum of {@link Likelihood}s, at a fraction of their cost.
 *
 * <pre>
 * Σ_j ½ (log 2π + v_j + r_j² exp(−v_j)) = n ½ (log 2π − 6) + ½ log Π_j E_j + ½ e⁶ Σ_j r_j²/E_j
 *     E_j = 1 + exp(raw_j + 6),  v_j = −6 + log E_j
 * </pre>
 *
 * One logarithm a {@link GaussianTerms#BLOCK} of features. What is missing has r = 0 and E = 1. Of
 * as many observations side by side as the products have. Holds scratch space and allocates
 * nothing. NOT thread safe.
 */
final class GaussianNats {
  private static final double CONSTANT =
      0.5 * (Likelihood.LOG_TWO_PI + Likelihood.MIN_LOG_VARIANCE);

  private final OutputLayout layout;
  private final Products products;
  private final int samples;
  private final int[] continuous; // features
  private final int width;
  private final GaussianTerms terms;
  private final double constantsOfAll;
  private final double[] constants; // one a lane, as all below
  private final double[] logs;
  private final double[] squares;
  private final boolean[] ordinary; // one a feature, as below
  private final boolean[] complete; // whether no lane lacks a value

  /** Prepares for samples whose parameters are read at each call. */
  GaussianNats(Features features, Products products, double[][] parameters) {
    layout = new OutputLayout(features);
    this.products = products;
    samples = parameters.length;
    continuous = layout.continuous;
    width = products.width();
    terms = new GaussianTerms(layout.continuousOffsets, layout.firstVariance, parameters, width);
    constantsOfAll = IntStream.of(continuous).mapToDouble(this::constant).sum();
    ordinary = new boolean[continuous.length];
    complete = new boolean[continuous.length];
    constants = new double[width];
    logs = new double[width];
    squares = new double[width];
  }

  /** Takes an observation, if there is one lane. */
  void observe(double[] observation) {
    Arrays.fill(constants, constantsOfAll);
    for (int c = 0; c < continuous.length; c++) {
      double value = layout.standardised(continuous[c], observation[continuous[c]]);
      terms.observe(c, value);
      if (Double.isNaN(value)) {
        constants[0] -= constant(continuous[c]);
      }
    }
  }

  /** Takes observations, one a lane, of which {@link #standardised} and {@link #ordinary} tell. */
  void observe(int count) {
    Arrays.fill(constants, constantsOfAll);
    for (int c = 0; c < continuous.length; c++) {
      if (ordinary[c] && complete[c]) {
        continue;
      }
      complete[c] = true;
      for (int lane = 0; lane < width; lane++) {
        int at = c * width + lane;
        double value = lane < count ? terms.y[at] : 0;
        if (!(Math.abs(value) <= Features.INPUT_CLIP && terms.present[at] == 1)) { // seldom
          terms.observe(at, OutputLayout.held(value));
          if (Double.isNaN(value)) {
            constants[lane] -= constant(continuous[c]);
            complete[c] = false;
          }
        }
      }
    }
  }

  /** Where the standardised values go, feature after feature; NaN where missing. */
  double[] standardised() {
    return terms.y;
  }

  /** Whether no value of a feature is missing or beyond {@link Features#INPUT_CLIP}. */
  boolean[] ordinary() {
    return ordinary;
  }

  private double constant(int feature) {
    return CONSTANT + layout.logScales[feature];
  }

  /** Sums what the first lanes have taken. */
  void sum(int lanes) {
    Arrays.fill(logs, 0);
    Arrays.fill(squares, 0);
    terms.gather();
    for (int from = 0; from < continuous.length; from += GaussianTerms.BLOCK) {
      int to = Math.min(from + GaussianTerms.BLOCK, continuous.length);
      for (int s = 0; s < samples; s++) {
        products.sum(terms, s, from, to);
      }
      products.fold(terms);
      for (int lane = 0; lane < lanes; lane++) {
        logs[lane] += terms.isBounded(lane) ? Logarithm.of(terms.product[lane]) : Double.NaN;
        squares[lane] += terms.squares[lane];
      }
    }
  }

  /** Returns a lane's sum; NaN if a variance is beyond what this way of summing can hold. */
  double nats(int lane) {
    return constants[lane]
        + 0.5 * (logs[lane] + Likelihood.MAX_PRECISION * squares[lane]) / samples;
  }
}
