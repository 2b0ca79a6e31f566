package io.nelbo.model.quality;

import io.nelbo.model.feature.Features;
import io.nelbo.model.score.Calibration;
import java.util.function.ToDoubleFunction;

/**
 * A detector fitted to a window. NOT thread safe.
 *
 * @param score of an observation of the features; higher is more anomalous
 * @param calibration what such a score means among normal observations
 */
record FittedDetector(
    Features features, ToDoubleFunction<double[]> score, Calibration calibration) {}
