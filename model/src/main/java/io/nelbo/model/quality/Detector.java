package io.nelbo.model.quality;

import io.nelbo.model.baseline.Baseline;
import io.nelbo.model.baseline.FittedBaseline;
import io.nelbo.model.feature.Observations;
import io.nelbo.model.score.Calibration;
import io.nelbo.model.score.Scorer;
import io.nelbo.model.score.TrainedModel;
import io.nelbo.model.train.TrainingConfig;
import io.nelbo.model.train.TrainingException;
import io.nelbo.model.train.TrainingListener;
import io.nelbo.model.train.VaeTrainer;
import java.time.Instant;

/** What can be evaluated: the VAE, and what to measure it against. */
public enum Detector {
  VAE {
    @Override
    FittedDetector fit(Observations window, TrainingConfig config, TrainingListener listener)
        throws TrainingException {
      // The rows have no event time, and none is used in training.
      TrainedModel model =
          VaeTrainer.train(window, Instant.EPOCH, Instant.EPOCH, config, listener).model();
      return new FittedDetector(
          model.vae().features(), new Scorer(model)::score, model.calibration());
    }
  },
  PCA {
    @Override
    FittedDetector fit(Observations window, TrainingConfig config, TrainingListener listener)
        throws TrainingException {
      return calibrated(Baseline.PCA.fit(window, config, listener), window);
    }
  },
  GMM {
    @Override
    FittedDetector fit(Observations window, TrainingConfig config, TrainingListener listener)
        throws TrainingException {
      return calibrated(Baseline.GMM.fit(window, config, listener), window);
    }
  },
  AUTOENCODER {
    @Override
    FittedDetector fit(Observations window, TrainingConfig config, TrainingListener listener)
        throws TrainingException {
      return calibrated(Baseline.AUTOENCODER.fit(window, config, listener), window);
    }
  };

  abstract FittedDetector fit(Observations window, TrainingConfig config, TrainingListener listener)
      throws TrainingException;

  /**
   * Baselines learn from all rows, so that their ranking is as good as it gets; the p-values, from
   * scores of those same rows, then flag more than they should of what is new.
   */
  private static FittedDetector calibrated(FittedBaseline baseline, Observations window) {
    double[][] observations = baseline.features().translate(window);
    double[] scores = new double[observations.length];
    for (int row = 0; row < scores.length; row++) {
      scores[row] = baseline.score(observations[row]);
    }
    return new FittedDetector(baseline.features(), baseline::score, Calibration.fit(scores));
  }
}
