package io.nelbo.model.train;

import ai.djl.engine.EngineException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one training run at a time: DJL has one gradient tape a JVM, and throws if a second one is
 * opened in any thread.
 */
final class OneTraining {
  private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock(true);

  /** A training to be run alone. */
  interface Training<T> {
    T run() throws TrainingException;
  }

  private OneTraining() {}

  /** Runs a training when all those before have ended. */
  static <T> T alone(Training<T> training) throws TrainingException {
    try {
      ONE_AT_A_TIME.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainingException("training was cancelled while it waited for another", e);
    }
    try {
      return training.run();
    } catch (EngineException e) {
      throw new TrainingException("the native engine failed in training: " + e.getMessage(), e);
    } finally {
      ONE_AT_A_TIME.unlock();
    }
  }
}
