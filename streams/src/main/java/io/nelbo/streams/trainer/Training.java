package io.nelbo.streams.trainer;

import io.nelbo.model.feature.Observations;
import io.nelbo.model.train.Trained;
import io.nelbo.model.train.TrainingConfig;
import io.nelbo.model.train.TrainingException;
import io.nelbo.model.train.TrainingListener;
import java.time.Instant;

/**
 * How a model comes of a window: {@link io.nelbo.model.train.VaeTrainer#train}. Called on the
 * training thread only.
 */
@FunctionalInterface
public interface Training {
  Trained train(
      Observations window,
      Instant from,
      Instant to,
      TrainingConfig config,
      TrainingListener listener)
      throws TrainingException;
}
