package io.nelbo.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.nelbo.model.Models;
import io.nelbo.model.feature.Column;
import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.Observations;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.score.Scorer;
import io.nelbo.model.score.TrainedModel;
import io.nelbo.model.score.TrainingReport;
import io.nelbo.model.train.DeviceChoice;
import io.nelbo.model.train.Profile;
import io.nelbo.model.train.TrainingConfig;
import io.nelbo.model.train.TrainingException;
import io.nelbo.model.train.TrainingListener;
import io.nelbo.model.train.VaeTrainer;
import io.nelbo.model.vae.ContinuousLikelihood;
import io.nelbo.model.vae.EnsembleElbo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What ONNX Runtime computes of an exported model, beside what the kernel does. */
class OnnxModelTest {
  private static final Instant TIME = Instant.parse("2026-03-01T10:00:00Z");
  private static final double RELATIVE = 1e-4;

  @Test
  void oneMemberOfEveryKindOfFeatureScoresAsTheKernelDoes() throws OrtException {
    assertScoresAlike(Models.mixed(1), observations(new Random(2)));
  }

  @Test
  void membersWithAMixturePriorScoreAsTheKernelDoes() throws OrtException {
    assertScoresAlike(Models.ensemble(3), observations(new Random(4)));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void trainedModelScoresAsTheKernelDoes(Profile profile) throws OrtException, TrainingException {
    TrainingConfig config =
        new TrainingConfig(
            0,
            DeviceChoice.CPU,
            profile,
            40,
            64,
            profile == Profile.FAST ? 0 : 2,
            profile == Profile.FAST
                ? ContinuousLikelihood.STUDENT_T
                : ContinuousLikelihood.GAUSSIAN,
            TrainingConfig.defaults().timeBudget(),
            null);
    Observations window = window(600);
    TrainedModel model =
        VaeTrainer.train(window, TIME, TIME, config, TrainingListener.SILENT).model();

    double[][] observations = model.features().translate(window(400));
    observations[0][0] = 1e12;
    observations[1][0] = -1e300;
    observations[2][2] = 0;

    assertScoresAlike(model, observations);
  }

  private static void assertScoresAlike(TrainedModel model, double[][] observations)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    byte[] file = OnnxModel.of(version(model));
    try (OrtSession session = environment.createSession(file);
        OnnxTensor input = OnnxTensor.createTensor(environment, observations);
        OrtSession.Result result = session.run(Map.of(OnnxModel.OBSERVATION, input))) {
      double[] scores = (double[]) result.get("score").orElseThrow().getValue();
      double[] reconstructions = (double[]) result.get("reconstruction").orElseThrow().getValue();
      double[] divergences = (double[]) result.get("kl").orElseThrow().getValue();
      double[] pValues = (double[]) result.get("p_value").orElseThrow().getValue();
      double[][] nats = (double[][]) result.get("nats").orElseThrow().getValue();
      Scorer scorer = new Scorer(model);
      EnsembleElbo elbo = new EnsembleElbo(model.ensemble());
      int inTail = 0;
      for (int i = 0; i < observations.length; i++) {
        double score = scorer.score(observations[i]);
        elbo.negative(observations[i]);
        assertAlike(scores[i], score);
        assertAlike(reconstructions[i], scorer.reconstruction());
        assertAlike(divergences[i], scorer.kl());
        for (int j = 0; j < nats[i].length; j++) {
          assertAlike(nats[i][j], elbo.nats(j));
        }
        double expected = model.calibration().pValue(scores[i]);
        assertThat(pValues[i]).isCloseTo(expected, within(1e-9 * expected + 1e-300));
        inTail += expected < 1.5 / (model.calibration().size() + 1) ? 1 : 0;
      }
      assertThat(inTail).isBetween(1, observations.length - 1);
    }
  }

  private static void assertAlike(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(RELATIVE * Math.max(1, Math.abs(expected))));
  }

  @Test
  void metadataNamesTheFeaturesAndTheirCodes() throws OrtException {
    TrainedModel model = Models.mixed(1);
    try (OrtSession session =
        OrtEnvironment.getEnvironment().createSession(OnnxModel.of(version(model)))) {
      Map<String, String> metadata = session.getMetadata().getCustomMetadata();

      assertThat(session.getMetadata().getVersion()).isEqualTo(7);
      assertThat(metadata)
          .containsEntry("nelbo.model", "vae")
          .containsEntry("nelbo.sha256", model.sha256());
      assertThat(Objects.requireNonNull(metadata.get("nelbo.features")).lines())
          .element(3)
          .isEqualTo("mode\tcategorical\t" + model.baseline()[3] + "\theat\tcool\tgröße");
    }
  }

  private static ModelVersion version(TrainedModel model) {
    TrainingReport report =
        new TrainingReport(TIME, TIME, 2, 1, 1, 1, 1, "cpu()", 0, -1, -1, "for a test");
    return new ModelVersion("vae", 7, TIME, model, report);
  }

  /** With values missing, never seen, and as far off as they can be. */
  private static double[][] observations(Random random) {
    double[][] observations = new double[500][];
    for (int i = 0; i < observations.length; i++) {
      observations[i] = Models.observation(random);
      observations[i][0] += i % 10 == 0 ? 100 * random.nextGaussian() : 0;
    }
    observations[0] = new double[] {1e9, Double.NaN, 1, Double.NaN};
    observations[1] = new double[] {20, 1e-300, 0, 0};
    return observations;
  }

  private static Observations window(int rows) {
    Observations window =
        new Observations(
            List.of(
                new Column("amount", FeatureKind.CONTINUOUS, true),
                new Column("online", FeatureKind.BINARY, true),
                new Column("country", FeatureKind.CATEGORICAL, true),
                new Column("at", FeatureKind.CONTINUOUS, false)));
    SplittableRandom random = new SplittableRandom(5);
    String[] countries = {"DE", "FR", "US"};
    for (int i = 0; i < rows; i++) {
      int country = random.nextInt(3);
      window.add(
          new double[] {
            random.nextInt(10) == 0 ? Double.NaN : Math.exp(country + random.nextGaussian()),
            random.nextInt(10) == 0 ? Double.NaN : random.nextInt(4) < country ? 1 : 0,
            random.nextInt(10) == 0 ? Double.NaN : window.code(2, countries[country]),
            1.7e12 + 1e6 * random.nextGaussian()
          });
    }
    return window;
  }
}
