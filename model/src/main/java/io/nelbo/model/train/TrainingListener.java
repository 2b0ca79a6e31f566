package io.nelbo.model.train;

/** Follows a training and may end it. Called on the training thread. */
public interface TrainingListener {
  TrainingListener SILENT = (step, steps, loss) -> true;

  /**
   * Told of progress about every hundredth of the steps.
   *
   * @param loss the mean negative ELBO, in nats of the standardised units, of the latest batch
   * @return false to cancel the training
   */
  boolean onProgress(int step, int steps, double loss);
}
