package io.nelbo.model.score;

import io.nelbo.model.feature.FeatureKind;
import org.jspecify.annotations.Nullable;

/**
 * What one feature adds to a score, beside what it adds on average, and what was expected instead.
 *
 * @param observed a Double, Boolean or String by kind; null if missing
 * @param expected a Double, Boolean or String by kind: the decoder's mean, or its likeliest value
 * @param low of a continuous feature, the lower end of the 95 % interval; NaN otherwise
 * @param high of a continuous feature, the upper end of the 95 % interval; NaN otherwise
 * @param probability of a discrete feature, the decoder's probability of the expected value; NaN
 *     otherwise
 * @param nats the feature's negative log-likelihood minus its mean over the calibration set
 * @param share nats over the sum of all positive contributions (KL included), 0 if negative
 */
public record Contribution(
    String feature,
    FeatureKind kind,
    @Nullable Object observed,
    Object expected,
    double low,
    double high,
    double probability,
    double nats,
    double share) {}
