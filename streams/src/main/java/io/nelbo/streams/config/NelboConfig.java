package io.nelbo.streams.config;

import io.nelbo.schemas.registry.RegistrySettings;
import io.nelbo.schemas.registry.SchemaRegistry;
import io.nelbo.schemas.registry.SubjectNaming;
import io.nelbo.streams.input.FeatureSelection;
import io.nelbo.streams.topics.Topics;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** What all of Nelbo's programs are told: names, topics, features, window, and Kafka's own keys. */
public abstract sealed class NelboConfig extends AbstractConfig
    permits ClientConfig, DetectorConfig, TrainerConfig {
  private static final int DEFAULT_PATIENCE_MS = 60_000;

  private final KafkaSettings kafka;
  private final Map<String, Object> registryTls;

  NelboConfig(ConfigDef definition, Settings settings, Collection<Problem> problems) {
    super(definition, Checks.validValues(definition, settings, problems), /* doLog= */ false);
    kafka = new KafkaSettings(settings.values());
    registryTls = RegistryKeys.tls(settings.values());
    checkTopics(problems);
    checkFeatures(problems);
    checkSchemas(problems);
    kafka.checkLogin(problems);
  }

  private void checkTopics(Collection<Problem> problems) {
    Map<String, String> keyOfTopic = new HashMap<>();
    String input = getString(Key.INPUT_TOPIC);
    if (input != null) {
      keyOfTopic.put(input, Key.INPUT_TOPIC);
    }
    for (String key : SharedSettings.TOPIC_KEYS) {
      String other = keyOfTopic.putIfAbsent(topic(key), key);
      if (other != null) {
        problems.add(
            new Problem(key, topic(key), "must be another topic than " + other + ": rename one"));
      }
    }
  }

  private void checkFeatures(Collection<Problem> problems) {
    FeatureSelection features = features();
    for (String key : List.of(Key.FEATURES_INCLUDE, Key.FEATURES_CATEGORICAL)) {
      for (String name : getList(key)) {
        if (features.exclude().contains(name)) {
          problems.add(
              new Problem(
                  key, name, "must not be in " + Key.FEATURES_EXCLUDE + " too: take it from one"));
        }
      }
    }
    for (String name : features.categorical()) {
      if (!features.include().isEmpty()
          && features.include().stream().noneMatch(i -> (name + ".").startsWith(i + "."))) {
        problems.add(
            new Problem(
                Key.FEATURES_CATEGORICAL,
                name,
                "must be in " + Key.FEATURES_INCLUDE + " too, which is not empty: add it there"));
      }
    }
  }

  private void checkSchemas(Collection<Problem> problems) {
    for (String file : getList(Key.VALUE_SCHEMA)) {
      if (!isReadable(file)) {
        problems.add(
            new Problem(Key.VALUE_SCHEMA, file, "must be a readable file of an Avro schema"));
      }
    }
  }

  private static boolean isReadable(String file) {
    try {
      return Files.isReadable(Path.of(file));
    } catch (InvalidPathException e) {
      return false; // no file can have that name
    }
  }

  final void checkMinRecords(int minRecords, Collection<Problem> problems) {
    if (minRecords > windowMaxRecords()) {
      problems.add(
          new Problem(
              Key.RETRAIN_MIN_RECORDS,
              Integer.toString(minRecords),
              "must be at most %s, which is %d: lower it or let the window hold more"
                  .formatted(Key.WINDOW_MAX_RECORDS, windowMaxRecords())));
    }
  }

  public final String applicationId() {
    return getString(Key.APPLICATION_ID);
  }

  /** The topic to watch; null where none is needed and none was given. */
  public @Nullable String inputTopic() {
    return getString(Key.INPUT_TOPIC);
  }

  public final String modelName() {
    return getString(Key.MODEL_NAME);
  }

  public final Topics topics() {
    return new Topics(
        topic(Key.ALERTS_TOPIC),
        topic(Key.SCORES_TOPIC),
        topic(Key.MODELS_TOPIC),
        topic(Key.WINDOW_TOPIC),
        topic(Key.DEAD_LETTERS_TOPIC),
        topic(Key.SCHEMAS_TOPIC),
        topic(Key.COUNTS_TOPIC),
        topic(Key.MODEL_EVENTS_TOPIC),
        topic(Key.COMMANDS_TOPIC));
  }

  private String topic(String key) {
    String name = getString(key);
    return name == null
        ? applicationId() + "." + key.substring(0, key.length() - ".topic".length())
        : name;
  }

  public final List<Path> valueSchemas() {
    return getList(Key.VALUE_SCHEMA).stream().map(Path::of).toList();
  }

  /** Returns a client of the schema registry, to be closed; null if none is configured. */
  public final @Nullable SchemaRegistry openRegistry() {
    RegistrySettings settings = registry();
    return settings == null ? null : new SchemaRegistry(settings);
  }

  final @Nullable RegistrySettings registry() {
    List<URI> urls = getList(Key.REGISTRY_URL).stream().map(URI::create).toList();
    if (urls.isEmpty()) {
      return null;
    }
    Password userInfo = getPassword(Key.REGISTRY_USER_INFO);
    return new RegistrySettings(
        urls,
        userInfo == null ? null : userInfo.value(),
        registryTls,
        SubjectNaming.of(getString(Key.REGISTRY_NAMING)),
        getBoolean(Key.REGISTRY_REGISTERS),
        patience());
  }

  /** How long to wait for what others must bring: a broker, the input topic, a registry. */
  public final Duration patience() {
    Object timeout = adminProperties().get(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG);
    return Duration.ofMillis(
        timeout == null ? DEFAULT_PATIENCE_MS : Integer.parseInt(timeout.toString().strip()));
  }

  public final FeatureSelection features() {
    return new FeatureSelection(
        getList(Key.FEATURES_INCLUDE),
        getList(Key.FEATURES_EXCLUDE),
        getList(Key.FEATURES_CATEGORICAL));
  }

  public final Duration windowDuration() {
    return duration(Key.WINDOW_DURATION);
  }

  public final int windowMaxRecords() {
    return getInt(Key.WINDOW_MAX_RECORDS);
  }

  final @Nullable HttpSettings httpSettings() {
    Integer port = getInt(Key.HTTP_PORT);
    return port == null ? null : new HttpSettings(getString(Key.HTTP_HOST), port);
  }

  final Duration duration(String key) {
    return Durations.parse(getString(key));
  }

  /** What a plain consumer is told: it reads what is committed, from the beginning, in no group. */
  public final Map<String, Object> consumerProperties() {
    return kafka.consumer();
  }

  public final Map<String, Object> producerProperties() {
    return kafka.producer();
  }

  public final Map<String, Object> adminProperties() {
    return kafka.admin();
  }

  final Properties streamsProperties(String application) {
    return kafka.streams(applicationId() + "." + application, topics().deadLetters());
  }
}
