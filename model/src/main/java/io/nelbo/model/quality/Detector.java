package io.nelbo.model.quality;

import io.nelbo.model.baseline.Baseline;
import io.nelbo.model.baseline.FittedBaseline;
import io.nelbo.model.feature.Observations;
import io.nelbo.model.score.Calibration;
import io.nelbo.model.train.TrainingConfig;
import io.nelbo.model.train.TrainingException;
import io.nelbo.model.train.TrainingListener;
import io.nelbo.model.train.VaeTrainer;
import io.nelbo.model.train.WindowSplit;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * What can be evaluated: the VAE, and what to measure it against. All learn from the same rows and
 * calibrate with the same others.
 */
public enum Detector {
  VAE {
    @Override
    FittedDetector fit(
        Observations window,
        IntPredicate learnable,
        TrainingConfig config,
        TrainingListener listener)
        throws TrainingException {
      // The rows have no event time, and none is used in training.
      return FittedDetector.of(
          VaeTrainer.train(window, learnable, Instant.EPOCH, Instant.EPOCH, config, listener)
              .model());
    }
  },
  PCA {
    @Override
    FittedDetector fit(
        Observations window,
        IntPredicate learnable,
        TrainingConfig config,
        TrainingListener listener)
        throws TrainingException {
      return calibrated(Baseline.PCA, window, learnable, config, listener);
    }
  },
  GMM {
    @Override
    FittedDetector fit(
        Observations window,
        IntPredicate learnable,
        TrainingConfig config,
        TrainingListener listener)
        throws TrainingException {
      return calibrated(Baseline.GMM, window, learnable, config, listener);
    }
  },
  RCF {
    @Override
    FittedDetector fit(
        Observations window,
        IntPredicate learnable,
        TrainingConfig config,
        TrainingListener listener)
        throws TrainingException {
      return calibrated(Baseline.RCF, window, learnable, config, listener);
    }
  },
  AUTOENCODER {
    @Override
    FittedDetector fit(
        Observations window,
        IntPredicate learnable,
        TrainingConfig config,
        TrainingListener listener)
        throws TrainingException {
      return calibrated(Baseline.AUTOENCODER, window, learnable, config, listener);
    }
  };

  abstract FittedDetector fit(
      Observations window, IntPredicate learnable, TrainingConfig config, TrainingListener listener)
      throws TrainingException;

  /** Fits a baseline to the rows that the VAE would learn from, and calibrates it with the rest. */
  private static FittedDetector calibrated(
      Baseline method,
      Observations window,
      IntPredicate learnable,
      TrainingConfig config,
      TrainingListener listener)
      throws TrainingException {
    WindowSplit split =
        WindowSplit.of(window, learnable, new SplittableRandom(config.seed()).split());
    FittedBaseline baseline = method.fit(window.select(split.trained()), config, listener);
    double[][] rest = baseline.features().translate(window.select(split.calibrated()));
    double[] scores = new double[rest.length];
    for (int row = 0; row < scores.length; row++) {
      scores[row] = baseline.score(rest[row]);
    }
    return new FittedDetector(baseline.features(), baseline::score, Calibration.fit(scores));
  }
}
