package io.nelbo.model.baseline;

import com.amazon.randomcutforest.RandomCutForest;
import io.nelbo.model.feature.Features;
import io.nelbo.model.feature.Observations;
import io.nelbo.model.train.AutoencoderTrainer;
import io.nelbo.model.train.TrainingConfig;
import io.nelbo.model.train.TrainingException;
import io.nelbo.model.train.TrainingListener;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * The reference methods of a quality report. Each sees what the VAE's encoder sees, standardised,
 * one-hot, masked and 0 where missing. Each learns from every row it is given; calibrating its
 * scores takes others.
 */
public enum Baseline {
  /**
   * Principal components (Shyu et al. 2003): Σ_i y_i² / λ_i over all of them, y_i being the
   * projection of the input and λ_i its variance. That is the squared Mahalanobis distance; the
   * unweighted error of a few components is a weaker detector.
   */
  PCA {
    @Override
    FittedBaseline fit(
        Features features,
        double[][] observations,
        TrainingConfig config,
        TrainingListener listener) {
      Gaussian gaussian =
          Gaussian.fit(Inputs.sample(features, observations, new SplittableRandom(config.seed())));
      return ofInput(features, gaussian::squaredDistance);
    }
  },

  /** A mixture of Gaussians by EM: −log p(input), in nats. */
  GMM {
    @Override
    FittedBaseline fit(
        Features features,
        double[][] observations,
        TrainingConfig config,
        TrainingListener listener) {
      SplittableRandom random = new SplittableRandom(config.seed());
      GaussianMixture mixture =
          ExpectationMaximization.fit(Inputs.sample(features, observations, random), random);
      return ofInput(features, input -> -mixture.logDensity(input));
    }
  },

  /**
   * A random cut forest (Guha et al. 2016), the streaming kin of the isolation forest: its anomaly
   * score, from {@value #TREES} trees of {@value #SAMPLE} rows each. Its library is an optional
   * dependency.
   */
  RCF {
    @Override
    FittedBaseline fit(
        Features features,
        double[][] observations,
        TrainingConfig config,
        TrainingListener listener) {
      RandomCutForest forest =
          RandomCutForest.builder()
              .dimensions(features.inputs())
              .numberOfTrees(TREES)
              .sampleSize(SAMPLE)
              .randomSeed(config.seed())
              // All rows alike, be they old or new.
              .timeDecay(0)
              .build();
      SplittableRandom random = new SplittableRandom(config.seed());
      for (float[] input : Inputs.sample(features, observations, random)) {
        forest.update(input);
      }
      return ofInput(features, forest::getAnomalyScore);
    }
  },

  /** A plain autoencoder of the VAE's network: the error of its reconstruction. */
  AUTOENCODER {
    @Override
    FittedBaseline fit(
        Features features,
        double[][] observations,
        TrainingConfig config,
        TrainingListener listener)
        throws TrainingException {
      ReconstructionError error =
          new ReconstructionError(
              AutoencoderTrainer.train(features, observations, config, listener));
      return new FittedBaseline(features, error::of);
    }
  };

  /** The sizes that isolation forests are known to do well with (Liu et al. 2008). */
  private static final int TREES = 100;

  private static final int SAMPLE = 256;

  /**
   * Fits the method to a window; the same window and configuration give the same scores.
   *
   * @param config of which the autoencoder uses all but {@code samples} and {@code likelihood}, the
   *     others the seed
   * @param listener follows the autoencoder's training, and may end it; the others do not ask it
   * @throws TrainingException if no feature can be fitted or the autoencoder's training fails
   */
  public FittedBaseline fit(Observations window, TrainingConfig config, TrainingListener listener)
      throws TrainingException {
    Features features;
    try {
      features = Features.fit(window);
    } catch (IllegalArgumentException e) {
      throw new TrainingException("no features can be fitted: " + e.getMessage(), e);
    }
    return fit(features, features.translate(window), config, listener);
  }

  abstract FittedBaseline fit(
      Features features, double[][] observations, TrainingConfig config, TrainingListener listener)
      throws TrainingException;

  private static FittedBaseline ofInput(Features features, ToDoubleFunction<float[]> score) {
    float[] input = new float[features.inputs()];
    return new FittedBaseline(
        features,
        observation -> {
          features.writeInput(observation, input);
          return score.applyAsDouble(input);
        });
  }
}
