package io.nelbo.streams.trainer;

import io.nelbo.model.feature.Features;
import io.nelbo.model.feature.Observations;
import io.nelbo.model.score.Calibration;
import io.nelbo.model.score.TrainedModel;
import io.nelbo.model.score.TrainingReport;
import io.nelbo.model.train.Trained;
import io.nelbo.model.train.TrainingConfig;
import io.nelbo.model.train.TrainingException;
import io.nelbo.model.train.TrainingListener;
import io.nelbo.model.vae.ContinuousLikelihood;
import io.nelbo.model.vae.Ensemble;
import io.nelbo.model.vae.EnsembleElbo;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Vae;
import io.nelbo.model.vae.Weights;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A training without an engine: the network's weights are zero, so the score is half the squared
 * distance from the window's mean, in scales, and a constant.
 */
final class FakeTraining implements Training {
  private final List<Observations> windows = new ArrayList<>();
  private final List<Integer> learnables = new ArrayList<>();
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile double calibrationShift;
  private volatile int latent = 2;
  private volatile boolean endless;
  private volatile @Nullable RuntimeException defect;
  private volatile @Nullable String failure;

  /** From now on models are calibrated on scores lower by so many nats, and flag the more. */
  void shiftCalibration(double nats) {
    calibrationShift = -nats;
  }

  void failWith(@Nullable String message) {
    failure = message;
  }

  void breakWith(RuntimeException bug) {
    defect = bug;
  }

  void growTo(int latents) {
    latent = latents;
  }

  void runUntilCancelled() {
    endless = true;
  }

  synchronized int trainings() {
    return windows.size();
  }

  synchronized Observations window(int training) {
    return windows.get(training);
  }

  /** How many rows of the window might be trained on. */
  synchronized int learnable(int training) {
    return learnables.get(training);
  }

  CountDownLatch started() {
    return started;
  }

  CountDownLatch ended() {
    return ended;
  }

  @Override
  public Trained train(
      Observations window,
      IntPredicate learnable,
      Instant from,
      Instant to,
      TrainingConfig config,
      TrainingListener listener)
      throws TrainingException {
    synchronized (this) {
      windows.add(window);
      learnables.add((int) IntStream.range(0, window.size()).filter(learnable).count());
    }
    started.countDown();
    try {
      if (defect != null) {
        throw defect;
      }
      if (failure != null) {
        throw new TrainingException(failure);
      }
      while (endless) {
        if (!listener.onProgress(1, 2, 0)) {
          throw new TrainingException("cancelled");
        }
        Thread.onSpinWait();
      }
      return new Trained(model(window), report(window, from, to, config));
    } finally {
      ended.countDown();
    }
  }

  private TrainedModel model(Observations window) {
    Features features = Features.fit(window);
    Shape shape =
        new Shape(features.inputs(), latent, 128, 64, features.outputs(), features.continuous());
    Vae vae =
        new Vae(
            features,
            ContinuousLikelihood.GAUSSIAN,
            0.001,
            Weights.of(shape, new float[Weights.count(shape)]));
    Ensemble ensemble = Ensemble.of(vae, new float[0]);
    EnsembleElbo elbo = new EnsembleElbo(ensemble);
    double[][] rows = features.translate(window);
    double[] scores = Arrays.stream(rows).mapToDouble(elbo::negative).toArray();
    double[] shifted = Arrays.stream(scores).map(score -> score + calibrationShift).toArray();
    return new TrainedModel(
        ensemble, new double[features.count() + 1], Calibration.fit(shifted), rows[0], scores[0]);
  }

  private static TrainingReport report(
      Observations window, Instant from, Instant to, TrainingConfig config) {
    int n = window.size();
    return new TrainingReport(
        from, to, n, n / 2, n / 2, 1, 0.5, "cpu()", config.seed(), -1, -1, "trained");
  }
}
