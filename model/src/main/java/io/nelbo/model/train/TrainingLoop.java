package io.nelbo.model.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.nelbo.model.feature.Features;
import io.nelbo.model.vae.Shape;
import java.time.Duration;

/**
 * The optimiser steps of one training. Nothing native outlives {@link #run}; nothing of a step
 * outlives the step. NOT thread safe, and DJL allows one at a time in a JVM.
 */
final class TrainingLoop {
  /** Above this share of steps without a finite gradient, the training is given up. */
  private static final double MAX_SKIPPED = 0.01;

  private final Shape shape;
  private final Features features;
  private final TrainingConfig config;
  private final double discreteFloor;
  private final TrainingListener listener;
  private int stepsTaken;

  TrainingLoop(
      Shape shape,
      Features features,
      TrainingConfig config,
      double discreteFloor,
      TrainingListener listener) {
    this.shape = shape;
    this.features = features;
    this.config = config;
    this.discreteFloor = discreteFloor;
    this.listener = listener;
  }

  /** The steps the last {@link #run} took. */
  int stepsTaken() {
    return stepsTaken;
  }

  /** Trains and returns the averaged weights. */
  float[] run(Engine engine, Device device, float[] start, Minibatches minibatches, int steps)
      throws TrainingException {
    long begun = System.nanoTime();
    Adam adam = new Adam(start);
    Schedule schedule = new Schedule(steps);
    int skipped = 0;
    double lossSum = 0;
    int lossCount = 0;
    try (NDManager constants = engine.newBaseManager(device)) {
      VaeGraph graph = new VaeGraph(constants, shape, features, config.likelihood(), discreteFloor);
      for (stepsTaken = 0; stepsTaken < steps && withinBudget(begun); stepsTaken++) {
        float[] gradient = new float[start.length];
        double loss = gradient(engine, constants, graph, adam.weights(), minibatches, gradient);
        if (adam.step(gradient, schedule.rate(stepsTaken))) {
          lossSum += loss;
          lossCount++;
        } else if (++skipped > MAX_SKIPPED * steps) {
          throw new TrainingException(
              skipped
                  + " of "
                  + (stepsTaken + 1)
                  + " training steps had a gradient that was not finite, at most "
                  + (int) (MAX_SKIPPED * steps)
                  + " may: look for absurd values in the window");
        }
        if ((stepsTaken + 1) % Math.max(1, steps / 100) == 0) {
          report(steps, lossSum / lossCount);
          lossSum = 0;
          lossCount = 0;
        }
      }
    }
    return adam.average();
  }

  private boolean withinBudget(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun).compareTo(config.timeBudget()) < 0;
  }

  private void report(int steps, double loss) throws TrainingException {
    boolean goesOn = listener.onProgress(stepsTaken + 1, steps, loss);
    if (!goesOn || Thread.currentThread().isInterrupted()) {
      throw new TrainingException(
          "training was cancelled at step " + (stepsTaken + 1) + " of " + steps);
    }
  }

  private static double gradient(
      Engine engine,
      NDManager constants,
      VaeGraph graph,
      float[] weights,
      Minibatches minibatches,
      float[] into) {
    try (NDManager step = constants.newSubManager();
        GradientCollector collector = engine.newGradientCollector()) {
      NDArray parameters = step.create(weights);
      parameters.setRequiresGradient(true);
      NDArray loss = graph.evaluate(parameters, minibatches.next(step)).loss();
      collector.backward(loss);
      try (NDArray gradient = parameters.getGradient()) {
        System.arraycopy(gradient.toFloatArray(), 0, into, 0, into.length);
      }
      return loss.getFloat();
    }
  }
}
