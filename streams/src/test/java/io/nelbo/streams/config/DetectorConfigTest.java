package io.nelbo.streams.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nelbo.schemas.registry.RegistrySettings;
import io.nelbo.schemas.registry.SubjectNaming;
import io.nelbo.streams.input.FeatureSelection;
import io.nelbo.streams.topics.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorConfigTest {
  @Test
  void inputTopicIsAllThatMustBeSet() {
    DetectorConfig config = config(Map.of());

    assertThat(config.inputTopic()).isEqualTo("readings");
    assertThat(config.applicationId()).isEqualTo("nelbo");
    assertThat(config.modelName()).isEqualTo("vae");
    assertThat(config.topics()).isEqualTo(Topics.of("nelbo"));
    assertThat(config.valueSchemas()).isEmpty();
    assertThat(config.features()).isEqualTo(FeatureSelection.all());
    assertThat(config.windowDuration()).isEqualTo(Duration.ofHours(24));
    assertThat(config.windowMaxRecords()).isEqualTo(100_000);
    assertThat(config.retrainMinRecords()).isEqualTo(1000);
    assertThat(config.alertRate()).isEqualTo(0.001);
    assertThat(config.alertTopFeatures()).isEqualTo(5);
    assertThat(config.alertIncludesRecord()).isTrue();
    assertThat(config.scoresEnabled()).isFalse();
    assertThat(config.http()).isNull();
    assertThat(config.adminProperties()).containsEntry("bootstrap.servers", "localhost:9092");
  }

  @Test
  void everySettingIsHeard(@TempDir Path directory) throws IOException {
    Path schema = Files.writeString(directory.resolve("reading.avsc"), "{}");
    Map<String, String> all = new HashMap<>();
    all.put("bootstrap.servers", "a:1,b:2");
    all.put("application.id", "pumps");
    all.put("input.topic", "pump-readings");
    all.put("value.schema", schema.toString());
    all.put("schema.registry.url", "http://r:1,https://s:2/apis");
    all.put("basic.auth.user.info", "me:hush");
    all.put("value.subject.name.strategy", "RecordNameStrategy");
    all.put("auto.register.schemas", "false");
    all.put("features.include", "vibration,country");
    all.put("features.exclude", "pump");
    all.put("features.categorical", "country");
    all.put("model.name", "small");
    all.put("window.duration", "90m");
    all.put("window.max.records", "5000");
    all.put("alerts.topic", "a");
    all.put("scores.topic", "s");
    all.put("models.topic", "m");
    all.put("window.topic", "w");
    all.put("dead-letters.topic", "d");
    all.put("schemas.topic", "c");
    all.put("counts.topic", "n");
    all.put("model-events.topic", "e");
    all.put("commands.topic", "o");
    all.put("retrain.interval", "15m");
    all.put("alert.rate", "0.01");
    all.put("alert.top.features", "3");
    all.put("alert.include.record", "false");
    all.put("alert.cloudevents", "true");
    all.put("scores.enabled", "true");
    all.put("retrain.min.records", "500");
    all.put("http.host", "0.0.0.0");
    all.put("http.port", "8080");

    DetectorConfig config = DetectorConfig.of(Settings.of(all));

    assertThat(all.keySet()).isEqualTo(DetectorConfig.DEFINITION.names());
    assertThat(config.applicationId()).isEqualTo("pumps");
    assertThat(config.inputTopic()).isEqualTo("pump-readings");
    assertThat(config.valueSchemas()).containsExactly(schema);
    assertThat(config.registry())
        .isEqualTo(
            new RegistrySettings(
                List.of(URI.create("http://r:1"), URI.create("https://s:2/apis")),
                "me:hush",
                Map.of(),
                SubjectNaming.RECORD_NAME,
                false,
                Duration.ofMinutes(1)));
    assertThat(config.features())
        .isEqualTo(
            new FeatureSelection(
                List.of("vibration", "country"), List.of("pump"), List.of("country")));
    assertThat(config.modelName()).isEqualTo("small");
    assertThat(config.windowDuration()).isEqualTo(Duration.ofMinutes(90));
    assertThat(config.windowMaxRecords()).isEqualTo(5000);
    assertThat(config.retrainInterval()).isEqualTo(Duration.ofMinutes(15));
    assertThat(config.topics()).isEqualTo(new Topics("a", "s", "m", "w", "d", "c", "n", "e", "o"));
    assertThat(config.alertRate()).isEqualTo(0.01);
    assertThat(config.alertTopFeatures()).isEqualTo(3);
    assertThat(config.alertIncludesRecord()).isFalse();
    assertThat(config.alertsAreCloudEvents()).isTrue();
    assertThat(config.scoresEnabled()).isTrue();
    assertThat(config.retrainMinRecords()).isEqualTo(500);
    assertThat(config.http()).isEqualTo(new HttpSettings("0.0.0.0", 8080));
    assertThat(config.adminProperties()).containsEntry("bootstrap.servers", "a:1,b:2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          alert.rate           | 0        | must be above 0 and at most 0.5
          alert.rate           | 0.51     | must be above 0 and at most 0.5
          alert.rate           | often    | Not a number of type DOUBLE
          alert.top.features   | 0        | must be from 1 to 1000
          alert.include.record | perhaps  | Expected value to be either true or false
          window.duration      | 999ms    | must be at least 1s
          window.duration      | 24       | must be a duration such as 500ms, 30s, 15m, 24h or 7d
          window.max.records   | 99       | must be from 100 to 10000000
          retrain.min.records  | 99       | must be from 100 to 10000000
          http.port            | 65536    | must be a port from 1 to 65535, or 0 for any that is free
          http.port            | web      | Not a number of type INT
          application.id       | a/b      | must be up to 200 of a-z A-Z 0-9 . _ -
          alerts.topic         | a b      | must be a topic's name: up to 249 of a-z A-Z 0-9 . _ -
          value.schema         | none.avsc| must be a readable file of an Avro schema
          schema.registry.url  | r:8081   | must be http:// or https:// URLs with commas between
          auto.register.schemas | maybe   | Expected value to be either true or false
          value.subject.name.strategy | Mine | must be TopicNameStrategy, RecordNameStrategy or TopicRecordNameStrategy
          num.stream.threads   | many     | Not a number of type INT
          """)
  void valueOutOfBoundIsToldWithItsBound(String key, String value, String demand) {
    assertThat(problems(Map.of(key, value)))
        .containsExactly(key + " is \"" + value + "\": " + demand);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e-9", "0.5"})
  void alertRateReachesItsBounds(String rate) {
    assertThat(config(Map.of("alert.rate", rate)).alertRate()).isEqualTo(Double.valueOf(rate));
  }

  @Test
  void allProblemsAreToldAtOnce() {
    Settings settings =
        Settings.read(
            List.of(),
            List.of(
                "alert.rate=2",
                "window.duration=soon",
                "scores.topic=nelbo.alerts",
                "model.name=${env:NELBO_MODEL}",
                "features.exclude=flow",
                "features.categorical=flow"),
            Map.of());

    assertThatThrownBy(() -> DetectorConfig.of(settings))
        .isInstanceOf(ConfigProblems.class)
        .hasMessageContainingAll(
            "alert.rate is \"2.0\": must be above 0 and at most 0.5".replace("2.0", "2"),
            "window.duration is \"soon\": must be a duration",
            "scores.topic is \"nelbo.alerts\": must be another topic than alerts.topic",
            "model.name is \"${env:NELBO_MODEL}\": the environment has no variable NELBO_MODEL",
            "features.categorical is \"flow\": must not be in features.exclude too",
            "input.topic is not set: must name the Avro topic to watch: -o input.topic=NAME")
        .satisfies(e -> assertThat(((ConfigProblems) e).problems()).hasSize(6));
  }

  @Test
  void inputMustNotBeATopicOfNelbosOwn() {
    assertThat(problems(Map.of("input.topic", "nelbo.window")))
        .containsExactly(
            "window.topic is \"nelbo.window\": must be another topic than input.topic: rename one");
  }

  @Test
  void categoricalFeatureMustBeAmongThoseIncluded() {
    assertThat(
            problems(Map.of("features.include", "place", "features.categorical", "place.city,hue")))
        .containsExactly(
            "features.categorical is \"hue\": must be in features.include too, which is not empty: add it there");
  }

  @Test
  void windowMustHoldWhatTheFirstModelTakes() {
    assertThat(problems(Map.of("window.max.records", "500")))
        .containsExactly(
            "retrain.min.records is \"1000\": must be at most window.max.records, which is 500: lower it or let the window hold more");
  }

  @Test
  void streamsAreExactlyOnceAndQuickUnlessTheUserSaysOtherwise() {
    Properties defaults = config(Map.of()).streamsProperties();
    Properties own =
        config(Map.of("commit.interval.ms", "20", "producer.linger.ms", "1", "client.rack", "r1"))
            .streamsProperties();

    assertThat(defaults)
        .containsEntry("application.id", "nelbo.detector")
        .containsEntry("bootstrap.servers", "localhost:9092")
        .containsEntry("processing.guarantee", "exactly_once_v2")
        .containsEntry("commit.interval.ms", "100")
        .containsEntry("linger.ms", "5")
        .containsEntry("errors.dead.letter.queue.topic.name", "nelbo.dead-letters")
        .doesNotContainKeys("input.topic", "alert.rate");
    assertThat(own)
        .containsEntry("commit.interval.ms", "20")
        .containsEntry("producer.linger.ms", "1")
        .containsEntry("client.rack", "r1");
  }

  @Test
  void clientsGetTheirOwnKeysAndThoseUnderTheirPrefix() {
    DetectorConfig config =
        config(
            Map.of(
                "security.protocol", "SSL",
                "num.stream.threads", "2",
                "consumer.max.poll.records", "7",
                "producer.acks", "1",
                "admin.retries", "3",
                "my.plugin.key", "on"));

    assertThat(config.consumerProperties())
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("security.protocol", "SSL")
        .containsEntry("max.poll.records", "7")
        .containsEntry("my.plugin.key", "on")
        .doesNotContainKeys("num.stream.threads", "acks", "producer.acks", "input.topic");
    assertThat(config.producerProperties()).containsEntry("acks", "1");
    assertThat(config.adminProperties())
        .containsEntry("retries", "3")
        .doesNotContainKeys("max.poll.records", "acks");
  }

  @Test
  void schemaFileOfAnImpossibleNameIsAProblemOfItsSetting() {
    assertThat(problems(Map.of("value.schema", "/no/such\0.avsc")))
        .singleElement()
        .asString()
        .startsWith("value.schema")
        .contains("must be a readable file");
  }

  @Test
  void instanceThatIsGoneIsMissedWithinSixSecondsUnlessSetOtherwise() {
    Properties defaults = config(Map.of()).streamsProperties();
    Properties set = config(Map.of("session.timeout.ms", "45000")).streamsProperties();

    assertThat(defaults)
        .containsEntry("session.timeout.ms", "6000")
        .containsEntry("heartbeat.interval.ms", "1500")
        .containsEntry("transaction.timeout.ms", "6000");
    assertThat(set).containsEntry("session.timeout.ms", "45000");
  }

  private static DetectorConfig config(Map<String, String> values) {
    return DetectorConfig.of(settings(values));
  }

  private static List<String> problems(Map<String, String> values) {
    ConfigProblems problems =
        catchThrowableOfType(ConfigProblems.class, () -> DetectorConfig.of(settings(values)));
    return problems.problems().stream().map(Problem::toString).toList();
  }

  private static Settings settings(Map<String, String> values) {
    Map<String, String> all = new HashMap<>(Map.of("input.topic", "readings"));
    all.putAll(values);
    return Settings.of(all);
  }
}
