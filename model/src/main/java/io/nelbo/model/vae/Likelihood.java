package io.nelbo.model.vae;

/**
 * Negative log-likelihoods, in nats, of one standardised or discrete value given what the decoder
 * says of it. Each formula is finite for finite arguments.
 *
 * <p>The log-variance of a continuous feature is v = −6 + softplus(t), where t = raw + 6, so that v
 * ≥ −6; with e = exp(t) this is v = −6 + log(1 + e) and exp(−v) = exp(6) / (1 + e).
 *
 * <p>StrictMath, because a score must be the same bits on every machine and JVM.
 */
final class Likelihood {
  /** The degrees of freedom of Student's t. */
  static final double NU = 4;

  static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);

  static final double MIN_LOG_VARIANCE = -6;
  static final double MAX_PRECISION = StrictMath.exp(-MIN_LOG_VARIANCE);
  private static final double HALF_LOG_TWO_PI = 0.5 * LOG_TWO_PI;

  // log Γ(ν/2) − log Γ((ν+1)/2) + ½ log(νπ), where Γ(2) = 1 and Γ(5/2) = ¾√π
  private static final double STUDENT_NORM =
      0.5 * StrictMath.log(NU * Math.PI) - StrictMath.log(0.75 * Math.sqrt(Math.PI));

  /** Above this, softplus(t) = t to double precision, and exp(t) must not overflow. */
  private static final double LARGE = 40;

  private Likelihood() {}

  /** v = −6 + softplus(raw + 6). */
  static double logVariance(double raw) {
    double t = raw - MIN_LOG_VARIANCE;
    return MIN_LOG_VARIANCE + (t > LARGE ? t : StrictMath.log(1 + StrictMath.exp(t)));
  }

  /** −log N(y; location, exp(v)) = ½ (log 2π + v + (y − location)² exp(−v)). */
  static double gaussian(double y, double location, double raw) {
    double residual = y - location;
    double t = raw - MIN_LOG_VARIANCE;
    if (t > LARGE) {
      return HALF_LOG_TWO_PI + 0.5 * (raw + residual * residual * StrictMath.exp(-raw));
    }
    double e = 1 + StrictMath.exp(t);
    return HALF_LOG_TWO_PI
        + 0.5 * (MIN_LOG_VARIANCE + StrictMath.log(e) + residual * residual * MAX_PRECISION / e);
  }

  /** −log of Student's t about the location with squared scale exp(v) and ν = 4. */
  static double studentT(double y, double location, double raw) {
    double residual = y - location;
    double v = logVariance(raw);
    return STUDENT_NORM
        + 0.5 * v
        + 0.5 * (NU + 1) * StrictMath.log1p(residual * residual * StrictMath.exp(-v) / NU);
  }

  /** P(true) = (1 − δ) sigmoid(logit) + δ/2. */
  static double probabilityOfTrue(double logit, double floor) {
    return (1 - floor) / (1 + StrictMath.exp(-logit)) + 0.5 * floor;
  }

  static double bernoulli(boolean value, double logit, double floor) {
    return -StrictMath.log(probabilityOfTrue(value ? logit : -logit, floor));
  }

  /** P(k) = (1 − δ) softmax_k + δ/K over the K inputs from the offset on. */
  static double probability(double[] inputs, int offset, int count, int k, double floor) {
    double greatest = inputs[offset];
    for (int i = 1; i < count; i++) {
      greatest = Math.max(greatest, inputs[offset + i]);
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += StrictMath.exp(inputs[offset + i] - greatest);
    }
    return (1 - floor) * StrictMath.exp(inputs[offset + k] - greatest) / sum + floor / count;
  }

  static double categorical(double[] inputs, int offset, int count, int k, double floor) {
    return -StrictMath.log(probability(inputs, offset, count, k, floor));
  }
}
