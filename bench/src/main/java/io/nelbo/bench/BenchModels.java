package io.nelbo.bench;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import io.nelbo.model.score.Calibration;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.score.TrainedModel;
import io.nelbo.model.score.TrainingReport;
import io.nelbo.model.vae.ContinuousLikelihood;
import io.nelbo.model.vae.Ensemble;
import io.nelbo.model.vae.EnsembleElbo;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Vae;
import io.nelbo.model.vae.Weights;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Models of the default network with random weights, which cost what trained ones do, calibrated on
 * the observations they will meet.
 */
public final class BenchModels {
  private static final double WEIGHT = 0.1;

  private BenchModels() {}

  /** Returns features that are standard normal. */
  public static Features continuous(int count) {
    List<FeatureSpec> specs = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      specs.add(FeatureSpec.continuous("x" + j, 0, 1, false));
    }
    return Features.of(specs);
  }

  /** Returns observations drawn from the features' scaling, independently. */
  public static double[][] observations(Features features, int count, long seed) {
    Random random = new Random(seed);
    double[][] observations = new double[count][features.count()];
    for (double[] observation : observations) {
      for (int j = 0; j < observation.length; j++) {
        FeatureSpec spec = features.specs().get(j);
        observation[j] =
            spec.kind() == FeatureKind.CONTINUOUS
                ? spec.mean() + spec.scale() * random.nextGaussian()
                : random.nextInt(spec.kind() == FeatureKind.BINARY ? 2 : spec.width());
      }
    }
    return observations;
  }

  /**
   * Returns a model.
   *
   * @param samples 0 or 2, as {@code score.samples} says
   * @param calibrated the observations it is calibrated on
   */
  public static TrainedModel model(Features features, int samples, double[][] calibrated) {
    return model(features, Shape.of(features), samples, calibrated);
  }

  /** Returns a model with a network of another shape. */
  public static TrainedModel model(
      Features features, Shape shape, int samples, double[][] calibrated) {
    Random random = new Random(1);
    float[] weights = gaussians(Weights.count(shape), WEIGHT, random);
    float[] noise = gaussians(samples == 0 ? 0 : shape.latent(), 1, random);
    Vae vae = new Vae(features, ContinuousLikelihood.GAUSSIAN, 0.001, Weights.of(shape, weights));
    Ensemble ensemble = Ensemble.of(vae, noise);
    EnsembleElbo elbo = new EnsembleElbo(ensemble);
    double[] scores = new double[calibrated.length];
    double[] baseline = new double[features.count() + 1];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = elbo.negative(calibrated[i]);
      for (int j = 0; j < features.count(); j++) {
        baseline[j] += elbo.nats(j) / scores.length;
      }
      baseline[features.count()] += elbo.kl() / scores.length;
    }
    double[] selfTest = calibrated[0];
    return new TrainedModel(
        ensemble, baseline, Calibration.fit(scores), selfTest, elbo.negative(selfTest));
  }

  private static float[] gaussians(int count, double deviation, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }

  /** Returns the model as it is published. */
  public static ModelVersion version(long version, TrainedModel model) {
    return version(version, model, Instant.now());
  }

  /** Returns the model as it is published at a moment. */
  public static ModelVersion version(long version, TrainedModel model, Instant now) {
    int calibrated = model.calibration().size();
    return new ModelVersion(
        "vae",
        version,
        now,
        model,
        new TrainingReport(
            now,
            now,
            2 * calibrated,
            calibrated,
            calibrated,
            0,
            1,
            "cpu()",
            0,
            0,
            0,
            "for a test"));
  }
}
