package io.nelbo.model;

import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import io.nelbo.model.score.Calibration;
import io.nelbo.model.score.TrainedModel;
import io.nelbo.model.vae.ContinuousLikelihood;
import io.nelbo.model.vae.Ensemble;
import io.nelbo.model.vae.EnsembleElbo;
import io.nelbo.model.vae.Member;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Vae;
import io.nelbo.model.vae.Weights;
import java.util.List;
import java.util.Random;

/** Small models with random weights that are valid in every other respect. */
public final class Models {
  private static final int CALIBRATED = 200;

  private Models() {}

  /**
   * Two continuous features, a binary and a categorical one; the second and last may be missing.
   */
  public static Features features() {
    return Features.of(
        List.of(
            FeatureSpec.continuous("temperature", 20, 5, false),
            FeatureSpec.continuous("pressure", 1013, 8, true),
            FeatureSpec.binary("valve", false),
            FeatureSpec.categorical("mode", List.of("heat", "cool", "größe"), true)));
  }

  /** Returns an observation of {@link #features}; about one in five is not complete. */
  public static double[] observation(Random random) {
    return new double[] {
      20 + 5 * random.nextGaussian(),
      random.nextInt(10) == 0 ? Double.NaN : 1013 + 8 * random.nextGaussian(),
      random.nextInt(2),
      random.nextInt(10) == 0 ? Double.NaN : random.nextInt(4)
    };
  }

  /** Returns a model of {@link #features} that scores with an antithetic pair. */
  public static TrainedModel mixed(long seed) {
    Random random = new Random(seed);
    Ensemble ensemble = new Ensemble(List.of(member(3, true, 0, random)));
    return calibrated(ensemble, random);
  }

  /** Returns a model of {@link #features} of three members, the last with a mixture prior. */
  public static TrainedModel ensemble(long seed) {
    Random random = new Random(seed);
    Ensemble ensemble =
        new Ensemble(
            List.of(
                member(3, true, 0, random),
                member(3, false, 0, random),
                member(7, false, 4, random)));
    return calibrated(ensemble, random);
  }

  private static Member member(int latent, boolean linear, int components, Random random) {
    Features features = features();
    Shape shape =
        new Shape(
            features.inputs(),
            latent,
            7,
            5,
            features.outputs(),
            features.continuous(),
            linear,
            components);
    float[] flat = gaussians(Weights.count(shape), 0.3f, random);
    Vae vae = new Vae(features, ContinuousLikelihood.GAUSSIAN, 0.001, Weights.of(shape, flat));
    return new Member(vae, gaussians(latent, 1, random));
  }

  private static TrainedModel calibrated(Ensemble ensemble, Random random) {
    Features features = ensemble.features();
    EnsembleElbo elbo = new EnsembleElbo(ensemble);
    double[] scores = new double[CALIBRATED];
    double[] baseline = new double[features.count() + 1];
    for (int i = 0; i < CALIBRATED; i++) {
      scores[i] = elbo.negative(observation(random));
      for (int j = 0; j < features.count(); j++) {
        baseline[j] += elbo.nats(j) / CALIBRATED;
      }
      baseline[features.count()] += elbo.kl() / CALIBRATED;
    }
    double[] selfTest = {22.5, 1009, 1, 2};
    Calibration calibration = Calibration.fit(scores);
    return new TrainedModel(ensemble, baseline, calibration, selfTest, elbo.negative(selfTest));
  }

  private static float[] gaussians(int count, float deviation, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = deviation * (float) random.nextGaussian();
    }
    return values;
  }
}
