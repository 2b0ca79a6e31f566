package io.nelbo.model.train;

import io.nelbo.model.feature.Observations;
import java.time.Instant;

/** Trains a VAE on a window and calibrates it on the part of the window it was not trained on. */
public final class VaeTrainer {
  private VaeTrainer() {}

  /**
   * Trains a model. One training at a time in a JVM: a second caller waits.
   *
   * @param from the event time of the window's first row
   * @param to the event time of the window's last row
   * @throws TrainingException if the window is too small, training diverges, is cancelled, or the
   *     device asked for is not there
   */
  public static Trained train(
      Observations window,
      Instant from,
      Instant to,
      TrainingConfig config,
      TrainingListener listener)
      throws TrainingException {
    throw new UnsupportedOperationException();
  }
}
