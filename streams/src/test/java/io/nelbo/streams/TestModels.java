package io.nelbo.streams;

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
import io.nelbo.model.vae.Member;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Vae;
import io.nelbo.model.vae.Weights;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Small untrained models that are valid in every respect and score in microseconds. */
public final class TestModels {
  private static final int CALIBRATED = 200;

  private TestModels() {}

  /** Returns a continuous, a binary and a categorical feature; the first may be missing. */
  public static Features features() {
    return Features.of(
        List.of(
            FeatureSpec.continuous("flow", 12, 3, true),
            FeatureSpec.binary("running", false),
            FeatureSpec.categorical("mode", List.of("ECO", "größe"), false)));
  }

  /** Returns a version of the model {@code vae} for {@link #features}. */
  public static ModelVersion version(long version) {
    return version("vae", version, features());
  }

  public static ModelVersion version(String name, long version, Features features) {
    return version(name, version, model(features, version));
  }

  /** Returns a version whose model has two members, the second with a mixture prior. */
  public static ModelVersion ensemble(long version) {
    Random random = new Random(version);
    Features features = features();
    Shape plain = new Shape(features.inputs(), 2, 6, 4, features.outputs(), features.continuous());
    Shape mixture =
        new Shape(features.inputs(), 5, 6, 4, features.outputs(), features.continuous(), false, 3);
    Ensemble ensemble =
        new Ensemble(List.of(member(features, plain, random), member(features, mixture, random)));
    return version("vae", version, calibrated(ensemble, random));
  }

  private static ModelVersion version(String name, long version, TrainedModel model) {
    Instant trainedAt = Instant.parse("2026-03-01T10:00:00Z").plusSeconds(version);
    TrainingReport report =
        new TrainingReport(
            trainedAt.minusSeconds(600),
            trainedAt,
            1_000,
            800,
            CALIBRATED,
            0,
            0.5,
            "cpu()",
            version,
            -3,
            -3.5,
            "made for a test");
    return new ModelVersion(name, version, trainedAt, model, report);
  }

  /** Returns a model with random weights, calibrated on observations around its scaling. */
  public static TrainedModel model(Features features, long seed) {
    Random random = new Random(seed);
    Shape shape = new Shape(features.inputs(), 2, 6, 4, features.outputs(), features.continuous());
    return calibrated(new Ensemble(List.of(member(features, shape, random))), random);
  }

  private static Member member(Features features, Shape shape, Random random) {
    float[] flat = new float[Weights.count(shape)];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = 0.2f * (float) random.nextGaussian();
    }
    Vae vae = new Vae(features, ContinuousLikelihood.GAUSSIAN, 0.001, Weights.of(shape, flat));
    float[] noise = new float[shape.latent()];
    for (int l = 0; l < noise.length; l++) {
      noise[l] = (float) random.nextGaussian();
    }
    return new Member(vae, noise);
  }

  private static TrainedModel calibrated(Ensemble ensemble, Random random) {
    Features features = ensemble.features();
    EnsembleElbo elbo = new EnsembleElbo(ensemble);
    double[] scores = new double[CALIBRATED];
    double[] baseline = new double[features.count() + 1];
    for (int i = 0; i < CALIBRATED; i++) {
      scores[i] = elbo.negative(observation(features, random));
      for (int j = 0; j < features.count(); j++) {
        baseline[j] += elbo.nats(j) / CALIBRATED;
      }
      baseline[features.count()] += elbo.kl() / CALIBRATED;
    }
    double[] selfTest = observation(features, random);
    return new TrainedModel(
        ensemble, baseline, Calibration.fit(scores), selfTest, elbo.negative(selfTest));
  }

  private static double[] observation(Features features, Random random) {
    double[] observation = new double[features.count()];
    for (int j = 0; j < observation.length; j++) {
      FeatureSpec spec = features.specs().get(j);
      observation[j] =
          spec.kind() == FeatureKind.CONTINUOUS
              ? spec.mean() + spec.scale() * random.nextGaussian()
              : random.nextInt(spec.kind() == FeatureKind.BINARY ? 2 : spec.width());
    }
    return observation;
  }
}
