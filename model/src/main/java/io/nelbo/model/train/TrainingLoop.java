package io.nelbo.model.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nelbo.model.vae.Vae;
import java.time.Duration;
import java.util.function.Function;

/**
 * The optimiser steps of one training. Window, weights and optimiser lie on the device; the host
 * reads of them about once in a hundredth of the steps. Nothing native outlives {@link #run};
 * nothing of a step outlives the step. NOT thread safe; one at a time in a JVM.
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
  private final Schedule schedule;
  private final int stepsToReport;
  private final int stepsToCheck;
  private long begun;
  private int stepsTaken;

  TrainingLoop(
      Engine engine, Device device, int steps, Duration timeBudget, TrainingListener listener) {
    this.engine = engine;
    this.device = device;
    this.steps = steps;
    this.timeBudget = timeBudget;
    this.listener = listener;
    schedule = new Schedule(steps);
    stepsToReport = Math.max(1, steps / REPORTS);
    stepsToCheck = Math.max(1, steps / EarlyStop.CHECKS);
  }

  /** The steps that {@link #run} took. */
  int stepsTaken() {
    return stepsTaken;
  }

  /** Trains, and returns the averaged weights, or the best ones if {@code earlyStop} ended it. */
  float[] run(
      Vae start, Objective objective, Function<NDManager, Minibatches> window, EarlyStop earlyStop)
      throws TrainingException {
    begun = System.nanoTime();
    try (NDManager manager = engine.newBaseManager(device)) {
      Minibatches minibatches = window.apply(manager);
      Adam adam = new Adam(manager, start.weights().flat());
      TensorArrays weights = new TensorArrays(adam.weights(), start.shape());
      VaeGraph graph = new VaeGraph(manager, start);
      while (stepsTaken < steps && !isOver()) {
        double loss =
            take(manager, adam, minibatches, batch -> objective.pass(graph, weights, batch));
        checkSkipped(stepsTaken - adam.taken());
        report(loss);
        if (stepsTaken % stepsToCheck == 0
            && stepsTaken < steps
            && earlyStop.isOver(adam.average())) {
          return earlyStop.best();
        }
      }
      return adam.average();
    }
  }

  private boolean isOver() {
    return System.nanoTime() - begun >= timeBudget.toNanos()
        || Thread.currentThread().isInterrupted();
  }

  /** Takes steps until there is something to do beside; returns the loss of the last batch. */
  private double take(
      NDManager manager, Adam adam, Minibatches minibatches, Function<Batch, Pass> objective) {
    int first = stepsTaken;
    int last = Math.min(steps, Math.min(next(stepsToReport), next(stepsToCheck))) - 1;
    float[] rates = new float[last + 1 - first];
    float[] shares = new float[rates.length];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = Adam.rate(first + i, schedule.rate(first + i));
      shares[i] = Adam.share(first + i);
    }
    try (NDManager some = manager.newSubManager()) {
      NDArray ratesThere = some.create(rates);
      NDArray sharesThere = some.create(shares);
      double lastLoss = Double.NaN;
      for (; stepsTaken <= last && !isOver(); stepsTaken++) {
        try (NDManager step = some.newSubManager()) {
          Batch batch = minibatches.next(step);
          Pass pass = objective.apply(batch);
          if (stepsTaken == last) {
            lastLoss = pass.loss().getFloat();
          }
          adam.step(
              pass.gradient(),
              batch.size(),
              ratesThere.get(step, stepsTaken - first),
              sharesThere.get(step, stepsTaken - first));
        }
      }
      return lastLoss;
    }
  }

  /** The first multiple that is more than the steps taken. */
  private int next(int multiple) {
    return (stepsTaken / multiple + 1) * multiple;
  }

  private void checkSkipped(int skipped) throws TrainingException {
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

  private void report(double loss) throws TrainingException {
    boolean goesOn = !Thread.currentThread().isInterrupted();
    if (stepsTaken % stepsToReport == 0 && Double.isFinite(loss)) {
      goesOn &= listener.onProgress(stepsTaken, steps, loss);
    }
    if (!goesOn) {
      throw new TrainingException("training was cancelled at step " + stepsTaken + " of " + steps);
    }
  }
}
