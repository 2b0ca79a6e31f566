package io.nelbo.streams.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/** The settings of the detector. */
public final class DetectorConfig extends NelboConfig {
  static final ConfigDef DEFINITION =
      SharedSettings.defineForApplications()
          .define(
              Key.ALERT_TOP_FEATURES,
              INT,
              5,
              Bounds.between(1, 1000),
              LOW,
              "How many features, those that add most to the score, an alert explains.")
          .define(
              Key.ALERT_INCLUDE_RECORD,
              BOOLEAN,
              true,
              LOW,
              "Whether an alert carries the record it is about; false keeps personal data out.")
          .define(
              Key.ALERT_CLOUDEVENTS,
              BOOLEAN,
              false,
              LOW,
              "Whether alerts carry the headers of a CloudEvent in binary mode, in place of any that came with the record.")
          .define(
              Key.SCORES_ENABLED,
              BOOLEAN,
              false,
              MEDIUM,
              "Whether the score of every record goes to the scores topic.");

  DetectorConfig(Settings settings, Collection<Problem> problems) {
    super(DEFINITION, settings, problems);
    checkMinRecords(retrainMinRecords(), problems);
    if (super.inputTopic() == null && problems.stream().noneMatch(p -> p.isOf(Key.INPUT_TOPIC))) {
      problems.add(
          new Problem(
              Key.INPUT_TOPIC, null, "must name the Avro topic to watch: -o input.topic=NAME"));
    }
  }

  /**
   * Reads the settings.
   *
   * @throws ConfigProblems with all that is wrong
   */
  public static DetectorConfig of(Settings settings) {
    Collection<Problem> problems = new LinkedHashSet<>();
    DetectorConfig config = new DetectorConfig(settings, problems);
    UnknownKeys.warn(settings);
    ConfigProblems.throwIfAny(problems);
    return config;
  }

  @Override
  public String inputTopic() {
    return Objects.requireNonNull(super.inputTopic());
  }

  /** The highest p-value of an alert, above 0. */
  public double alertRate() {
    return getDouble(Key.ALERT_RATE);
  }

  /** How many records the first model waits for. */
  public int retrainMinRecords() {
    return getInt(Key.RETRAIN_MIN_RECORDS);
  }

  /** How long the intervals are, in event time, that p-values are counted by. */
  public Duration retrainInterval() {
    return duration(Key.RETRAIN_INTERVAL);
  }

  public int alertTopFeatures() {
    return getInt(Key.ALERT_TOP_FEATURES);
  }

  public boolean alertIncludesRecord() {
    return getBoolean(Key.ALERT_INCLUDE_RECORD);
  }

  public boolean alertsAreCloudEvents() {
    return getBoolean(Key.ALERT_CLOUDEVENTS);
  }

  public boolean scoresEnabled() {
    return getBoolean(Key.SCORES_ENABLED);
  }

  /** Where to serve HTTP; null where it is off. */
  public @Nullable HttpSettings http() {
    return httpSettings();
  }

  public Properties streamsProperties() {
    Properties properties = streamsProperties("detector");
    // A task has one partition, so there is no other whose records it could wait for; and to find
    // that out costs more than decoding a record does.
    properties.putIfAbsent(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, "-1");
    return properties;
  }
}
