package io.nelbo.streams.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.model.train.DeviceChoice;
import io.nelbo.model.train.Profile;
import io.nelbo.model.vae.ContinuousLikelihood;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainerConfigTest {
  @Test
  void wordWhereOneOfTwoNumbersMustBeIsAProblemOfItsSetting() {
    assertThatThrownBy(() -> TrainerConfig.of(Settings.of(Map.of("score.samples", "two"))))
        .isInstanceOf(ConfigProblems.class)
        .hasMessageContaining("score.samples")
        .hasMessageContaining("two");
  }

  @Test
  void nothingMustBeSet() {
    TrainerConfig config = TrainerConfig.of(Settings.of(Map.of()));

    assertThat(config.inputTopic()).isNull();
    assertThat(config.alertRate()).isEqualTo(0.001);
    assertThat(config.retrainInterval()).isEqualTo(Duration.ofHours(1));
    assertThat(config.retrainMaxAge()).isEqualTo(Duration.ofDays(7));
    assertThat(config.retrainMinRecords()).isEqualTo(1000);
    assertThat(config.modelsKeep()).isEqualTo(10);
    assertThat(config.trainDevice()).isEqualTo(DeviceChoice.AUTO);
    assertThat(config.trainSeed()).isZero();
    assertThat(config.trainTimeBudget()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.trainWarmStart()).isFalse();
    assertThat(config.modelsShadow()).isFalse();
    assertThat(config.modelsShadowRecords()).isEqualTo(1000);
    assertThat(config.modelProfile()).isEqualTo(Profile.FAST);
    assertThat(config.modelLikelihood()).isEqualTo(ContinuousLikelihood.GAUSSIAN);
    assertThat(config.scoreSamples()).isEqualTo(2);
    assertThat(config.streamsProperties()).containsEntry("application.id", "nelbo.trainer");
  }

  @Test
  void everySettingIsHeard() {
    TrainerConfig config =
        TrainerConfig.of(
            Settings.of(
                    Map.of(
                        "input.topic", "readings",
                        "alert.rate", "0.01",
                        "retrain.interval", "15m",
                        "retrain.min.records", "500",
                        "train.device", "gpu",
                        "train.seed", "42",
                        "train.time.budget", "30s",
                        "model.profile", "accurate",
                        "model.likelihood", "student-t",
                        "score.samples", "0"))
                .with("retrain.max.age", "3d")
                .with("train.warm.start", "true")
                .with("models.shadow", "true")
                .with("models.shadow.records", "500")
                .with("models.keep", "0"));

    assertThat(config.inputTopic()).isEqualTo("readings");
    assertThat(config.alertRate()).isEqualTo(0.01);
    assertThat(config.retrainInterval()).isEqualTo(Duration.ofMinutes(15));
    assertThat(config.retrainMaxAge()).isEqualTo(Duration.ofDays(3));
    assertThat(config.retrainMinRecords()).isEqualTo(500);
    assertThat(config.modelsKeep()).isZero();
    assertThat(config.trainDevice()).isEqualTo(DeviceChoice.GPU);
    assertThat(config.trainSeed()).isEqualTo(42);
    assertThat(config.trainTimeBudget()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.trainWarmStart()).isTrue();
    assertThat(config.modelsShadow()).isTrue();
    assertThat(config.modelsShadowRecords()).isEqualTo(500);
    assertThat(config.modelProfile()).isEqualTo(Profile.ACCURATE);
    assertThat(config.modelLikelihood()).isEqualTo(ContinuousLikelihood.STUDENT_T);
    assertThat(config.scoreSamples()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          retrain.interval  | 0s      | must be at least 1s
          retrain.max.age   | 0s      | must be at least 1s
          models.keep       | 101     | must be from 0 to 100
          model.name        | vae@1   | must be text that is not blank and has no @
          train.device      | tpu     | must be one of auto, cpu, gpu
          train.seed        | random  | Not a number of type LONG
          train.time.budget | 10      | must be a duration such as 500ms, 30s, 15m, 24h or 7d
          model.profile     | best    | must be one of fast, accurate
          model.likelihood  | cauchy  | must be one of gaussian, student-t
          score.samples     | 1       | must be one of 0, 2
          """)
  void valueOutOfBoundIsToldWithItsBound(String key, String value, String demand) {
    assertThatThrownBy(() -> TrainerConfig.of(Settings.of(Map.of(key, value))))
        .isInstanceOf(ConfigProblems.class)
        .hasMessage(key + " is \"" + value + "\": " + demand);
  }

  @Test
  void runTellsTheProblemsOfBothAndSharedOnesOnce() {
    Settings settings = Settings.of(Map.of("alert.rate", "2", "score.samples", "1"));

    assertThatThrownBy(() -> RunConfig.of(settings))
        .isInstanceOf(ConfigProblems.class)
        .satisfies(
            e ->
                assertThat(((ConfigProblems) e).problems())
                    .extracting(Problem::key)
                    .containsExactlyInAnyOrder("alert.rate", "input.topic", "score.samples"));
  }
}
