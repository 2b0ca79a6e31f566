package io.nelbo.streams.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.nelbo.model.train.DeviceChoice;
import io.nelbo.model.train.Profile;
import io.nelbo.model.vae.ContinuousLikelihood;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Properties;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/** The settings of the trainer. */
public final class TrainerConfig extends NelboConfig {
  static final ConfigDef DEFINITION =
      SharedSettings.defineForApplications()
          .define(
              Key.RETRAIN_MAX_AGE,
              STRING,
              "7d",
              Durations.atLeast("1s"),
              MEDIUM,
              "How long after a training the next one begins even if the model is calibrated still.")
          .define(
              Key.MODELS_KEEP,
              INT,
              10,
              Bounds.between(0, 100),
              MEDIUM,
              "How many former versions of the model stay on the models topic, for nelbo models rollback.")
          .define(
              Key.MODELS_SHADOW,
              BOOLEAN,
              false,
              MEDIUM,
              "Whether detectors first score a retrained model beside the one in force, on one record in twenty, before it may follow.")
          .define(
              Key.MODELS_SHADOW_RECORDS,
              INT,
              1000,
              Bounds.between(100, 1_000_000),
              LOW,
              "How many records both must have scored before it is decided.")
          .define(
              Key.TRAIN_DEVICE,
              STRING,
              "auto",
              Bounds.oneOf("auto", "cpu", "gpu"),
              MEDIUM,
              "Where to train; auto takes the GPU if there is one.")
          .define(
              Key.TRAIN_SEED,
              LONG,
              0,
              LOW,
              "The seed of all chance in training: the same window and seed give the same model.")
          .define(
              Key.TRAIN_TIME_BUDGET,
              STRING,
              "10m",
              Durations.atLeast("1s"),
              LOW,
              "How long a training may take; then it ends with what it has.")
          .define(
              Key.TRAIN_WARM_START,
              BOOLEAN,
              false,
              LOW,
              "Whether a training starts from the weights of the model in force, where features and shape are the same; false starts afresh.")
          .define(
              Key.MODEL_PROFILE,
              STRING,
              "fast",
              Bounds.oneOf("fast", "accurate"),
              MEDIUM,
              "What a model is: fast is one VAE; accurate is three, which detect better at three times the cost of training, scoring and model size.")
          .define(
              Key.MODEL_LIKELIHOOD,
              STRING,
              "gaussian",
              Bounds.oneOf("gaussian", "student-t"),
              MEDIUM,
              "The distribution of numbers given the latent; student-t bears a window with outliers in it.")
          .define(
              Key.SCORE_SAMPLES,
              INT,
              2,
              Bounds.oneOf(0, 2),
              LOW,
              "Latent samples a score: 2 is an antithetic pair, 0 the posterior's mean, at half the cost.");

  TrainerConfig(Settings settings, Collection<Problem> problems) {
    super(DEFINITION, settings, problems);
    checkMinRecords(retrainMinRecords(), problems);
  }

  /**
   * Reads the settings.
   *
   * @throws ConfigProblems with all that is wrong
   */
  public static TrainerConfig of(Settings settings) {
    Collection<Problem> problems = new LinkedHashSet<>();
    TrainerConfig config = new TrainerConfig(settings, problems);
    UnknownKeys.warn(settings);
    ConfigProblems.throwIfAny(problems);
    return config;
  }

  /** The p-value at which flagged shares are compared, above 0. */
  public double alertRate() {
    return getDouble(Key.ALERT_RATE);
  }

  /** How long the intervals are, in event time, that decisions follow from. */
  public Duration retrainInterval() {
    return duration(Key.RETRAIN_INTERVAL);
  }

  public Duration retrainMaxAge() {
    return duration(Key.RETRAIN_MAX_AGE);
  }

  public int retrainMinRecords() {
    return getInt(Key.RETRAIN_MIN_RECORDS);
  }

  /** How many versions stay on the models topic beside the one in force. */
  public int modelsKeep() {
    return getInt(Key.MODELS_KEEP);
  }

  public boolean modelsShadow() {
    return getBoolean(Key.MODELS_SHADOW);
  }

  public int modelsShadowRecords() {
    return getInt(Key.MODELS_SHADOW_RECORDS);
  }

  public DeviceChoice trainDevice() {
    return DeviceChoice.valueOf(getString(Key.TRAIN_DEVICE).toUpperCase(Locale.ROOT));
  }

  public long trainSeed() {
    return getLong(Key.TRAIN_SEED);
  }

  public boolean trainWarmStart() {
    return getBoolean(Key.TRAIN_WARM_START);
  }

  public Duration trainTimeBudget() {
    return duration(Key.TRAIN_TIME_BUDGET);
  }

  public Profile modelProfile() {
    return Profile.valueOf(getString(Key.MODEL_PROFILE).toUpperCase(Locale.ROOT));
  }

  public ContinuousLikelihood modelLikelihood() {
    return getString(Key.MODEL_LIKELIHOOD).equals("gaussian")
        ? ContinuousLikelihood.GAUSSIAN
        : ContinuousLikelihood.STUDENT_T;
  }

  public int scoreSamples() {
    return getInt(Key.SCORE_SAMPLES);
  }

  /** Where to serve HTTP; null where it is off. */
  public @Nullable HttpSettings http() {
    return httpSettings();
  }

  public Properties streamsProperties() {
    return streamsProperties("trainer");
  }
}
