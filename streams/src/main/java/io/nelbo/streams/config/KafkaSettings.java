package io.nelbo.streams.config;

import static org.apache.kafka.streams.StreamsConfig.ADMIN_CLIENT_PREFIX;
import static org.apache.kafka.streams.StreamsConfig.CONSUMER_PREFIX;
import static org.apache.kafka.streams.StreamsConfig.PRODUCER_PREFIX;

import io.nelbo.streams.topics.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;

/**
 * The settings that are Kafka's own, on their way to Kafka's clients: what Nelbo sets beside them
 * is a default, which the user's own value overrides.
 */
final class KafkaSettings {
  private static final String MAX_REQUEST_BYTES = Integer.toString(Topics.MAX_RECORD_BYTES);

  /** StreamsConfig's constant is deprecated, since the next major version will set it by itself. */
  private static final String GLOBAL_HANDLER_ENABLED =
      "processing.exception.handler.global.enabled";

  private static final Set<String> OWN =
      Stream.of(DetectorConfig.DEFINITION, TrainerConfig.DEFINITION)
          .flatMap(definition -> definition.names().stream())
          .filter(key -> !key.equals(Key.BOOTSTRAP_SERVERS))
          .collect(Collectors.toUnmodifiableSet());

  private static final List<String> PREFIXES =
      List.of(
          StreamsConfig.MAIN_CONSUMER_PREFIX,
          StreamsConfig.RESTORE_CONSUMER_PREFIX,
          StreamsConfig.GLOBAL_CONSUMER_PREFIX,
          CONSUMER_PREFIX,
          PRODUCER_PREFIX,
          ADMIN_CLIENT_PREFIX,
          StreamsConfig.TOPIC_PREFIX,
          StreamsConfig.CLIENT_TAG_PREFIX);

  private final Map<String, String> passedOn;

  KafkaSettings(Map<String, String> settings) {
    passedOn = kafkasOwn(settings);
    passedOn.putIfAbsent(Key.BOOTSTRAP_SERVERS, "localhost:9092");
  }

  /** Kafka's own message would show a piece of what does not parse, maybe of the password. */
  void checkLogin(Collection<Problem> problems) {
    passedOn.forEach(
        (key, value) -> {
          if (key.endsWith(SaslConfigs.SASL_JAAS_CONFIG) && !isLogin(value)) {
            problems.add(
                new Problem(
                    key,
                    value,
                    "must be a login module that Kafka allows, as in: CLASS required username=\"NAME\" password=\"PASSWORD\"; with the quotes and the semicolon"));
          }
        });
  }

  private static boolean isLogin(String value) {
    try {
      JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(value)));
      return true;
    } catch (IllegalArgumentException | KafkaException e) {
      return false;
    }
  }

  /** All of Kafka's own keys that a Streams application and its clients know. */
  static ConfigDef definition() {
    ConfigDef all = new ConfigDef(StreamsConfig.configDef());
    Stream.of(ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef())
        .flatMap(definition -> definition.configKeys().values().stream())
        .filter(key -> !all.names().contains(key.name))
        .forEach(all::define);
    return all;
  }

  /** Returns the settings that are not Nelbo's own. */
  static Map<String, String> kafkasOwn(Map<String, String> settings) {
    Map<String, String> kafkas = new HashMap<>(settings);
    kafkas.keySet().removeAll(OWN);
    kafkas.keySet().removeIf(key -> key.startsWith(Key.REGISTRY_TLS));
    return kafkas;
  }

  /** Returns the keys, of those given, that neither Nelbo nor Kafka knows. */
  static Set<String> unknown(Set<String> keys) {
    Set<String> unknown = new TreeSet<>(keys);
    unknown.removeAll(known());
    unknown.removeIf(key -> RegistryKeys.isTls(key));
    unknown.removeIf(key -> PREFIXES.stream().anyMatch(key::startsWith));
    return unknown;
  }

  static Set<String> known() {
    Set<String> known = new TreeSet<>(OWN);
    known.addAll(definition().names());
    return known;
  }

  Properties streams(String applicationId, String deadLetters) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "100");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, "5");
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    // An instance that is gone is missed, and what it left open is aborted, after this, and not
    // after Kafka's 45 s: another is to take its partitions over within 10 s.
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "6000");
    properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "1500");
    properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "6000");
    properties.put(
        StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class.getName());
    properties.put(
        StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class.getName());
    properties.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
        LogAndContinueExceptionHandler.class.getName());
    properties.put(
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, UnforeseenFaults.class.getName());
    properties.put(GLOBAL_HANDLER_ENABLED, "true");
    // The assignor takes the consumer's settings for those of Streams, and warns that it is off.
    properties.put(StreamsConfig.MAIN_CONSUMER_PREFIX + GLOBAL_HANDLER_ENABLED, "true");
    properties.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, deadLetters);
    properties.putAll(passedOn);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    return properties;
  }

  Map<String, Object> consumer() {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    properties.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    return passOn(properties, CONSUMER_PREFIX, ConsumerConfig.configNames());
  }

  Map<String, Object> producer() {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    properties.put(
        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    return passOn(properties, PRODUCER_PREFIX, ProducerConfig.configNames());
  }

  Map<String, Object> admin() {
    return passOn(new HashMap<>(), ADMIN_CLIENT_PREFIX, AdminClientConfig.configNames());
  }

  /** Adds the client's own keys, those that no client knows (a plugin may), and the prefixed. */
  private Map<String, Object> passOn(
      Map<String, Object> properties, String prefix, Set<String> names) {
    Set<String> known = known();
    passedOn.forEach(
        (key, value) -> {
          if (names.contains(key)
              || (!known.contains(key) && PREFIXES.stream().noneMatch(key::startsWith))) {
            properties.put(key, value);
          }
        });
    passedOn.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            properties.put(key.substring(prefix.length()), value);
          }
        });
    return properties;
  }
}
