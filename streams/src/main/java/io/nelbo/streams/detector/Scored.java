package io.nelbo.streams.detector;

import io.nelbo.schemas.ModelReference;

/**
 * What a model says of one record.
 *
 * @param score the negative ELBO in nats, finite; higher is more anomalous
 * @param reconstruction the part of the score that is expected negative log-likelihood
 * @param kl the part of it that is KL divergence
 * @param pValue the probability of such a score, or a higher one, on normal records; above 0
 */
record Scored(double score, double reconstruction, double kl, double pValue, ModelReference model) {
  /** Minus the decimal logarithm of the p-value: 3 is one normal record in a thousand. */
  double surprise() {
    return -Math.log10(pValue);
  }
}
