package io.nelbo.model.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.nelbo.model.vae.Vae;
import java.time.Duration;
import java.util.function.BiFunction;

/**
 * The optimiser steps of one training. Nothing native outlives {@link #run}; nothing of a step
 * outlives the step. NOT thread safe; DJL allows one at a time in a JVM.
 */
final class TrainingLoop {
  /** Above this share of steps without a finite gradient, the training is given up. */
  private static final double MAX_SKIPPED = 0.01;

  private static final int REPORTS = 100;

  private final Engine engine;
  private final Device device;
  private final int steps;
  private final Duration timeBudget;
  private final TrainingListener listener;
  private int stepsTaken;
  private int skipped;
  private double lossSum;
  private int losses;

  TrainingLoop(
      Engine engine, Device device, int steps, Duration timeBudget, TrainingListener listener) {
    this.engine = engine;
    this.device = device;
    this.steps = steps;
    this.timeBudget = timeBudget;
    this.listener = listener;
  }

  /** The steps that {@link #run} took. */
  int stepsTaken() {
    return stepsTaken;
  }

  /** Trains, and returns the averaged weights, or the best ones if {@code earlyStop} ended it. */
  float[] run(Vae start, Objective objective, Minibatches minibatches, EarlyStop earlyStop)
      throws TrainingException {
    long begun = System.nanoTime();
    Adam adam = new Adam(start.weights().flat().clone());
    Schedule schedule = new Schedule(steps);
    float[] gradient = new float[adam.weights().length];
    try (NDManager constants = engine.newBaseManager(device)) {
      VaeGraph graph = new VaeGraph(constants, start);
      while (stepsTaken < steps && System.nanoTime() - begun < timeBudget.toNanos()) {
        double loss =
            differentiate(
                constants,
                (weights, batch) -> objective.loss(graph, weights, batch),
                adam.weights(),
                minibatches,
                gradient);
        if (adam.step(gradient, schedule.rate(stepsTaken))) {
          lossSum += loss;
          losses++;
        } else {
          skipped++;
        }
        stepsTaken++;
        checkSkipped();
        report();
        if (stepsTaken % Math.max(1, steps / EarlyStop.CHECKS) == 0
            && stepsTaken < steps
            && earlyStop.isOver(adam.average())) {
          return earlyStop.best();
        }
      }
    }
    return adam.average();
  }

  private void checkSkipped() throws TrainingException {
    if (skipped > MAX_SKIPPED * steps) {
      throw new TrainingException(
          skipped
              + " of "
              + stepsTaken
              + " training steps had a gradient that was not finite, at most "
              + (int) (MAX_SKIPPED * steps)
              + " of "
              + steps
              + " may: look for absurd values in the window");
    }
  }

  private void report() throws TrainingException {
    boolean goesOn = !Thread.currentThread().isInterrupted();
    if (stepsTaken % Math.max(1, steps / REPORTS) == 0 && losses > 0) {
      goesOn &= listener.onProgress(stepsTaken, steps, lossSum / losses);
      lossSum = 0;
      losses = 0;
    }
    if (!goesOn) {
      throw new TrainingException("training was cancelled at step " + stepsTaken + " of " + steps);
    }
  }

  /** Writes the gradient of a minibatch's loss, and returns the loss. */
  private double differentiate(
      NDManager constants,
      BiFunction<NDArray, Batch, NDArray> objective,
      float[] weights,
      Minibatches minibatches,
      float[] gradient) {
    try (NDManager step = constants.newSubManager();
        GradientCollector collector = engine.newGradientCollector()) {
      NDArray parameters = step.create(weights);
      parameters.setRequiresGradient(true);
      NDArray loss = objective.apply(parameters, minibatches.next(step));
      collector.backward(loss);
      try (NDArray slopes = parameters.getGradient()) {
        System.arraycopy(slopes.toFloatArray(), 0, gradient, 0, gradient.length);
      }
      return loss.getFloat();
    }
  }
}
