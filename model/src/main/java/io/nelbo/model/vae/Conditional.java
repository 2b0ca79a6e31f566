package io.nelbo.model.vae;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import java.util.Random;

/**
 * The distribution p(x|z) = Π p_j(x_j|z) of an observation given one latent, as the decoder states
 * it. Values are in the record's own units. NOT thread safe.
 */
final class Conditional {
  /** How far from the mean, in scales, a value is believed; far enough to rank any deviation. */
  private static final double MAX_DEVIATION = 1e6;

  /** Keeps intervals finite where the decoder knows nothing. */
  private static final double MAX_LOG_VARIANCE = 2 * StrictMath.log(MAX_DEVIATION);

  private final FeatureKind[] kinds;
  private final double[] means;
  private final double[] scales;
  private final double[] logScales;
  private final int[] offsets;
  private final int[] widths;
  private final int[] variances;
  private final boolean gaussian;
  private final double floor;
  private final double[] parameters; // locations (outputs), then raw variances (continuous)

  Conditional(Vae vae) {
    Features features = vae.features();
    int count = features.count();
    kinds = new FeatureKind[count];
    means = new double[count];
    scales = new double[count];
    logScales = new double[count];
    offsets = new int[count];
    widths = new int[count];
    variances = new int[count];
    gaussian = vae.likelihood() == ContinuousLikelihood.GAUSSIAN;
    floor = vae.discreteFloor();
    parameters = new double[features.outputs() + features.continuous()];
    int variance = features.outputs();
    for (int j = 0; j < count; j++) {
      FeatureSpec spec = features.specs().get(j);
      kinds[j] = spec.kind();
      means[j] = spec.mean();
      scales[j] = spec.scale();
      logScales[j] = StrictMath.log(spec.scale());
      offsets[j] = features.offset(j);
      widths[j] = spec.width();
      if (spec.kind() == FeatureKind.CONTINUOUS) {
        variances[j] = variance++;
      }
    }
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
    int offset = offsets[feature];
    return switch (kinds[feature]) {
      case CONTINUOUS -> {
        double y = (x - means[feature]) / scales[feature];
        y = Math.max(-MAX_DEVIATION, Math.min(MAX_DEVIATION, y));
        double raw = parameters[variances[feature]];
        yield logScales[feature]
            + (gaussian
                ? Likelihood.gaussian(y, parameters[offset], raw)
                : Likelihood.studentT(y, parameters[offset], raw));
      }
      case BINARY -> Likelihood.bernoulli(x > 0, parameters[offset], floor);
      case CATEGORICAL ->
          Likelihood.categorical(parameters, offset, widths[feature], (int) x, floor);
    };
  }

  /** Returns −log p(x|z) in nats; what is missing adds nothing. */
  double nats(double[] observation) {
    double sum = 0;
    for (int j = 0; j < kinds.length; j++) {
      sum += nats(j, observation[j]);
    }
    return sum;
  }

  /** Draws an observation. */
  double[] draw(Random random) {
    double[] observation = new double[kinds.length];
    for (int j = 0; j < observation.length; j++) {
      observation[j] =
          switch (kinds[j]) {
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
    for (int code = 0; code < widths[feature] - 1; code++) {
      left -= probability(feature, code);
      if (left < 0) {
        return code;
      }
    }
    return widths[feature] - 1;
  }

  /** The mean of a continuous feature. */
  double mean(int feature) {
    return means[feature] + scales[feature] * parameters[offsets[feature]];
  }

  /** The variance of a continuous feature; the squared scale of a Student's t. */
  double variance(int feature) {
    double logVariance = Likelihood.logVariance(parameters[variances[feature]]);
    return scales[feature]
        * scales[feature]
        * StrictMath.exp(Math.min(logVariance, MAX_LOG_VARIANCE));
  }

  /** The decoder's own probability, floor aside, of a code of a discrete feature. */
  double probability(int feature, int code) {
    int offset = offsets[feature];
    if (kinds[feature] == FeatureKind.BINARY) {
      double logit = parameters[offset];
      return Likelihood.probabilityOfTrue(code == 1 ? logit : -logit, 0);
    }
    return Likelihood.probability(parameters, offset, widths[feature], code, 0);
  }
}
