package io.nelbo.model.train;

import io.nelbo.model.vae.ContinuousLikelihood;
import io.nelbo.model.vae.Ensemble;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to train.
 *
 * @param steps optimiser steps of each VAE; 0 leaves the number to the size of the window: 1,000,
 *     or 100 to 300 for fewer than 500 rows to train on
 * @param batchSize rows a step
 * @param samples 2 to score with an antithetic pair, 0 to score at z = μ
 * @param timeBudget after which training stops with what it has
 * @param start the VAEs whose weights to start from where features and shape are the same; null
 *     starts afresh
 */
public record TrainingConfig(
    long seed,
    DeviceChoice device,
    Profile profile,
    int steps,
    int batchSize,
    int samples,
    ContinuousLikelihood likelihood,
    Duration timeBudget,
    @Nullable Ensemble start) {
  public TrainingConfig {
    if (steps < 0) {
      throw new IllegalArgumentException("steps must be at least 0, was " + steps);
    }
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize must be at least 1, was " + batchSize);
    }
    if (samples != 0 && samples != 2) {
      throw new IllegalArgumentException("samples must be 0 or 2, was " + samples);
    }
    if (timeBudget.isNegative() || timeBudget.isZero()) {
      throw new IllegalArgumentException("timeBudget must be positive, was " + timeBudget);
    }
  }

  public static TrainingConfig defaults() {
    return new TrainingConfig(
        0,
        DeviceChoice.AUTO,
        Profile.FAST,
        0,
        768,
        2,
        ContinuousLikelihood.GAUSSIAN,
        Duration.ofMinutes(10),
        null);
  }

  public TrainingConfig withSteps(int newSteps) {
    return new TrainingConfig(
        seed, device, profile, newSteps, batchSize, samples, likelihood, timeBudget, start);
  }

  public TrainingConfig withTimeBudget(Duration newTimeBudget) {
    return new TrainingConfig(
        seed, device, profile, steps, batchSize, samples, likelihood, newTimeBudget, start);
  }

  public TrainingConfig withSeed(long newSeed) {
    return new TrainingConfig(
        newSeed, device, profile, steps, batchSize, samples, likelihood, timeBudget, start);
  }

  public TrainingConfig withDevice(DeviceChoice newDevice) {
    return new TrainingConfig(
        seed, newDevice, profile, steps, batchSize, samples, likelihood, timeBudget, start);
  }

  public TrainingConfig withProfile(Profile newProfile) {
    return new TrainingConfig(
        seed, device, newProfile, steps, batchSize, samples, likelihood, timeBudget, start);
  }

  public TrainingConfig withStart(@Nullable Ensemble newStart) {
    return new TrainingConfig(
        seed, device, profile, steps, batchSize, samples, likelihood, timeBudget, newStart);
  }
}
