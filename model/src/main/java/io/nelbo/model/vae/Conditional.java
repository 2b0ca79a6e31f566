package io.nelbo.model.vae;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.Features;
import java.util.Random;

/**
 * The distribution p(x|z) = Π p_j(x_j|z) of an observation given one latent, as the decoder states
 * it. Values are in the record's own units. NOT thread safe.
 */
final class Conditional {
  /** Keeps intervals finite where the decoder knows nothing. */
  private static final double MAX_LOG_VARIANCE = 2 * StrictMath.log(OutputLayout.MAX_DEVIATION);

  private final OutputLayout layout;
  private final boolean gaussian;
  private final double floor;
  private final double[] parameters; // locations (outputs), then raw variances (continuous), padded

  Conditional(Vae vae) {
    Features features = vae.features();
    layout = new OutputLayout(features);
    gaussian = vae.likelihood() == ContinuousLikelihood.GAUSSIAN;
    floor = vae.discreteFloor();
    int read = features.outputs() + Products.paddedDoubles(features.continuous());
    parameters = new double[Products.padded(read)];
  }

  /** Where the decoder writes: its locations, then its raw variances. */
  double[] parameters() {
    return parameters;
  }

  /** Returns −log p_j(x|z) in nats; 0 if the value is missing (NaN). */
  double nats(int feature, double x) {
    if (Double.isNaN(x)) {
      return 0;
    }
    int offset = layout.offsets[feature];
    return switch (layout.kinds[feature]) {
      case CONTINUOUS -> {
        double y = layout.standardised(feature, x);
        double raw = parameters[layout.variances[feature]];
        yield layout.logScales[feature]
            + (gaussian
                ? Likelihood.gaussian(y, parameters[offset], raw)
                : Likelihood.studentT(y, parameters[offset], raw));
      }
      case BINARY -> Likelihood.bernoulli(x > 0, parameters[offset], floor);
      case CATEGORICAL ->
          Likelihood.categorical(parameters, offset, layout.widths[feature], (int) x, floor);
    };
  }

  /** Draws an observation. */
  double[] draw(Random random) {
    double[] observation = new double[layout.kinds.length];
    for (int j = 0; j < observation.length; j++) {
      observation[j] =
          switch (layout.kinds[j]) {
            case CONTINUOUS -> mean(j) + Math.sqrt(variance(j)) * standardDraw(random);
            case BINARY -> random.nextDouble() < probability(j, 1) ? 1 : 0;
            case CATEGORICAL -> drawCode(j, random.nextDouble());
          };
    }
    return observation;
  }

  private double standardDraw(Random random) {
    double normal = random.nextGaussian();
    if (gaussian) {
      return normal;
    }
    // χ² with 4 degrees of freedom is −2 log of the product of two uniforms in (0, 1].
    double uniforms = (1 - random.nextDouble()) * (1 - random.nextDouble());
    return normal * Math.sqrt(Likelihood.NU / (-2 * StrictMath.log(uniforms)));
  }

  private int drawCode(int feature, double uniform) {
    double left = uniform;
    for (int code = 0; code < layout.widths[feature] - 1; code++) {
      left -= probability(feature, code);
      if (left < 0) {
        return code;
      }
    }
    return layout.widths[feature] - 1;
  }

  /** The mean of a continuous feature. */
  double mean(int feature) {
    return layout.means[feature] + layout.scales[feature] * parameters[layout.offsets[feature]];
  }

  /** The variance of a continuous feature; the squared scale of a Student's t. */
  double variance(int feature) {
    double logVariance = Likelihood.logVariance(parameters[layout.variances[feature]]);
    return layout.scales[feature]
        * layout.scales[feature]
        * StrictMath.exp(Math.min(logVariance, MAX_LOG_VARIANCE));
  }

  /** The decoder's own probability, floor aside, of a code of a discrete feature. */
  double probability(int feature, int code) {
    int offset = layout.offsets[feature];
    if (layout.kinds[feature] == FeatureKind.BINARY) {
      double logit = parameters[offset];
      return Likelihood.probabilityOfTrue(code == 1 ? logit : -logit, 0);
    }
    return Likelihood.probability(parameters, offset, layout.widths[feature], code, 0);
  }
}
