package io.nelbo.streams.trainer;

import io.nelbo.model.feature.Observations;
import io.nelbo.model.train.Trained;
import io.nelbo.model.train.TrainingConfig;
import io.nelbo.model.train.TrainingException;
import io.nelbo.model.train.TrainingListener;
import java.time.Instant;
import java.util.function.IntPredicate;

/**
 * How a model comes of a window: {@link io.nelbo.model.train.VaeTrainer#train}. Called on the
 * training thread only.
 */
@FunctionalInterface
public interface Training {
  /**
   * Trains a model.
   *
   * @param learnable the rows of the window that may be trained on; all of them may calibrate
   */
  Trained train(
      Observations window,
      IntPredicate learnable,
      Instant from,
      Instant to,
      TrainingConfig config,
      TrainingListener listener)
      throws TrainingException;
}
