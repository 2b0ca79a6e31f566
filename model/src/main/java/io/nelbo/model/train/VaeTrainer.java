package io.nelbo.model.train;

import ai.djl.Device;
import io.nelbo.model.feature.Features;
import io.nelbo.model.feature.Observations;
import io.nelbo.model.score.TrainedModel;
import io.nelbo.model.score.TrainingReport;
import io.nelbo.model.vae.Ensemble;
import io.nelbo.model.vae.Vae;
import io.nelbo.model.vae.Weights;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * Trains a model on a window and calibrates it on the part of the window it was not trained on.
 *
 * <p>The same window and configuration give the same model, bit for bit, on a CPU. The first
 * training, or {@link #device}, loads the native engine, with one thread unless the system property
 * {@code ai.djl.pytorch.num_threads} says otherwise.
 */
public final class VaeTrainer {
  private VaeTrainer() {}

  /**
   * Names the device that a training would take: {@code cpu} or {@code gpu 0}. Loads the native
   * engine for that, which takes half a second, and some more where it has to be unpacked first.
   *
   * @throws TrainingException if there is no engine or no such device
   */
  public static String device(DeviceChoice choice) throws TrainingException {
    return name(Torch.device(Torch.engine(), choice));
  }

  /** Trains a model, all rows of the window being learnable. */
  public static Trained train(
      Observations window,
      Instant from,
      Instant to,
      TrainingConfig config,
      TrainingListener listener)
      throws TrainingException {
    return train(window, row -> true, from, to, config, listener);
  }

  /**
   * Trains a model. One training at a time in a JVM: a second caller waits.
   *
   * @param learnable the rows of the window that may be trained on; all of them may calibrate
   * @param from the event time of the window's first row
   * @param to the event time of the window's last row
   * @throws TrainingException if the window is too small, training diverges, is cancelled or
   *     interrupted, or the device asked for is not there
   */
  public static Trained train(
      Observations window,
      IntPredicate learnable,
      Instant from,
      Instant to,
      TrainingConfig config,
      TrainingListener listener)
      throws TrainingException {
    return OneTraining.alone(() -> trainAlone(window, learnable, from, to, config, listener));
  }

  private static Trained trainAlone(
      Observations window,
      IntPredicate learnable,
      Instant from,
      Instant to,
      TrainingConfig config,
      TrainingListener listener)
      throws TrainingException {
    long begun = System.nanoTime();
    SplittableRandom random = new SplittableRandom(config.seed());
    WindowSplit split = WindowSplit.of(window, learnable, random.split());
    Observations training = window.select(split.trained());
    Features features = fit(training);
    double[][] trained = features.translate(training);
    double[][] calibrated = features.translate(window.select(split.calibrated()));

    MemberTraining members = new MemberTraining(features, trained, calibrated, config, listener);
    Ensemble ensemble = members.run(random);
    TrainedModel model = HeldOut.calibrate(ensemble, calibrated);
    TrainingReport report =
        new TrainingReport(
            from,
            to,
            window.size(),
            trained.length,
            calibrated.length,
            members.stepsTaken(),
            (System.nanoTime() - begun) / 1e9,
            name(members.device()),
            config.seed(),
            HeldOut.meanElbo(ensemble, trained),
            HeldOut.meanElbo(ensemble, calibrated),
            "trained");
    return new Trained(model, report);
  }

  private static String name(Device device) {
    return device.isGpu() ? "gpu " + device.getDeviceId() : "cpu";
  }

  private static Features fit(Observations training) throws TrainingException {
    try {
      return Features.fit(training);
    } catch (IllegalArgumentException e) {
      throw new TrainingException("no features can be fitted: " + e.getMessage(), e);
    }
  }

  static Vae withWeights(Vae vae, float[] weights) {
    return new Vae(
        vae.features(), vae.likelihood(), vae.discreteFloor(), Weights.of(vae.shape(), weights));
  }
}
