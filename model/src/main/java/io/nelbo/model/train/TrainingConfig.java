package io.nelbo.model.train;

import io.nelbo.model.vae.ContinuousLikelihood;
import java.time.Duration;

/**
 * How to train.
 *
 * @param steps optimiser steps; 0 leaves the number to the size of the window
 * @param batchSize rows a step
 * @param samples 2 to score with an antithetic pair, 0 to score at z = μ
 * @param timeBudget after which training stops with what it has
 */
public record TrainingConfig(
    long seed,
    DeviceChoice device,
    int steps,
    int batchSize,
    int samples,
    ContinuousLikelihood likelihood,
    Duration timeBudget) {
  public static TrainingConfig defaults() {
    return new TrainingConfig(
        0, DeviceChoice.AUTO, 0, 128, 2, ContinuousLikelihood.GAUSSIAN, Duration.ofMinutes(10));
  }

  public TrainingConfig withSeed(long newSeed) {
    return new TrainingConfig(newSeed, device, steps, batchSize, samples, likelihood, timeBudget);
  }

  public TrainingConfig withDevice(DeviceChoice newDevice) {
    return new TrainingConfig(seed, newDevice, steps, batchSize, samples, likelihood, timeBudget);
  }
}
