package io.nelbo.model.score;

import java.time.Instant;

/**
 * How a model came to be.
 *
 * @param records the rows of the window, of which {@code trained} were trained on and {@code
 *     calibrated} calibrate the p-values
 * @param trainElbo mean ELBO of the rows trained on, in nats
 * @param validationElbo mean ELBO of the calibration rows, in nats
 * @param device as DJL names it, such as {@code cpu()} or {@code gpu(0)}
 * @param reason one sentence: why the model was published
 */
public record TrainingReport(
    Instant windowFrom,
    Instant windowTo,
    int records,
    int trained,
    int calibrated,
    int steps,
    double seconds,
    String device,
    long seed,
    double trainElbo,
    double validationElbo,
    String reason) {
  public TrainingReport {
    if (trained < 0 || calibrated < 0 || (long) trained + calibrated > records) {
      throw new IllegalArgumentException(
          "trained and calibrated rows are of the window's "
              + records
              + ", were "
              + trained
              + " and "
              + calibrated);
    }
    if (steps < 0) {
      throw new IllegalArgumentException("steps must not be negative, was " + steps);
    }
    if (!(seconds >= 0 && Double.isFinite(seconds + trainElbo + validationElbo))) {
      throw new IllegalArgumentException(
          "seconds and ELBOs must be finite, and seconds not negative: "
              + seconds
              + ", "
              + trainElbo
              + ", "
              + validationElbo);
    }
  }

  /** Returns the same report with another reason. */
  public TrainingReport because(String why) {
    return new TrainingReport(
        windowFrom,
        windowTo,
        records,
        trained,
        calibrated,
        steps,
        seconds,
        device,
        seed,
        trainElbo,
        validationElbo,
        why);
  }
}
