package io.nelbo.streams.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.DOUBLE;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.PASSWORD;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;

/** The settings that detector and trainer share, each defined here and nowhere else. */
final class SharedSettings {
  /** The keys whose default is the application.id, a dot and the part of the key before .topic. */
  static final List<String> TOPIC_KEYS =
      List.of(
          Key.ALERTS_TOPIC,
          Key.SCORES_TOPIC,
          Key.MODELS_TOPIC,
          Key.WINDOW_TOPIC,
          Key.DEAD_LETTERS_TOPIC,
          Key.SCHEMAS_TOPIC,
          Key.COUNTS_TOPIC,
          Key.MODEL_EVENTS_TOPIC,
          Key.COMMANDS_TOPIC);

  private SharedSettings() {}

  static ConfigDef define() {
    ConfigDef definition =
        new ConfigDef()
            .define(
                Key.BOOTSTRAP_SERVERS,
                LIST,
                "localhost:9092",
                Bounds.names(),
                HIGH,
                "The brokers to begin with, host:port each.")
            .define(
                Key.APPLICATION_ID,
                STRING,
                "nelbo",
                Bounds.topicPrefix(),
                HIGH,
                "This Nelbo's name: the prefix of its topics, and with .detector or .trainer added the application.id that Kafka sees.")
            .define(
                Key.INPUT_TOPIC,
                STRING,
                null,
                Bounds.topic(),
                HIGH,
                "The Avro topic to watch; it must exist, and the detector needs it.")
            .define(
                Key.VALUE_SCHEMA,
                LIST,
                "",
                Bounds.names(),
                MEDIUM,
                "Avro schema files (.avsc) of the input's values, the first of them that of bare Avro binary; empty looks schemas up in the schemas topic.")
            .define(
                Key.REGISTRY_URL,
                LIST,
                "",
                Bounds.urls(),
                MEDIUM,
                "A schema registry with Confluent's API: its schemas are found by id, and alerts, scores and models are registered there and written in Confluent's wire format. TLS: schema.registry.ssl.* as Kafka's ssl.*; how long to wait for it: default.api.timeout.ms.")
            .define(
                Key.REGISTRY_USER_INFO,
                PASSWORD,
                null,
                MEDIUM,
                "USER:PASSWORD for the schema registry.")
            .define(
                Key.REGISTRY_NAMING,
                STRING,
                "TopicNameStrategy",
                Bounds.subjectNaming(),
                LOW,
                "The subject that a schema is registered under: TOPIC-value, the record's full name, or TOPIC-RECORD; Confluent's class names with their package do too.")
            .define(
                Key.REGISTRY_REGISTERS,
                BOOLEAN,
                true,
                LOW,
                "Whether to register schemas; false takes those that are registered, and does not start without.")
            .define(
                Key.FEATURES_INCLUDE,
                LIST,
                "",
                Bounds.names(),
                MEDIUM,
                "The only fields to score, dots for nested ones; empty takes all that the schema makes features.")
            .define(
                Key.FEATURES_EXCLUDE,
                LIST,
                "",
                Bounds.names(),
                MEDIUM,
                "Fields never to score, such as identifiers and labels.")
            .define(
                Key.FEATURES_CATEGORICAL,
                LIST,
                "",
                Bounds.names(),
                MEDIUM,
                "String or integer fields to score as categories.")
            .define(
                Key.MODEL_NAME,
                STRING,
                "vae",
                Bounds.modelName(),
                LOW,
                "The name, and key in the models topic, under which versions of the model count up.")
            .define(
                Key.WINDOW_DURATION,
                STRING,
                "24h",
                Durations.atLeast("1s"),
                MEDIUM,
                "How far back, in event time, the records reach that a model is trained on.")
            .define(
                Key.WINDOW_MAX_RECORDS,
                INT,
                100_000,
                Bounds.between(100, 10_000_000),
                MEDIUM,
                "About how many records a window holds; the input is sampled to that.");
    topic(definition, Key.ALERTS_TOPIC, "alerts");
    topic(definition, Key.SCORES_TOPIC, "scores");
    topic(definition, Key.MODELS_TOPIC, "models");
    topic(definition, Key.WINDOW_TOPIC, "sampled records to train on");
    topic(definition, Key.DEAD_LETTERS_TOPIC, "records that could not be scored");
    topic(definition, Key.SCHEMAS_TOPIC, "Avro schemas by fingerprint");
    topic(definition, Key.COUNTS_TOPIC, "what detectors count of p-values for the trainer");
    topic(definition, Key.MODEL_EVENTS_TOPIC, "what happened to models, and why");
    topic(definition, Key.COMMANDS_TOPIC, "what people tell the trainer");
    return definition;
  }

  /** Adds what detector and trainer share beside the settings of every command. */
  static ConfigDef defineForApplications() {
    return define()
        .define(
            Key.ALERT_RATE,
            DOUBLE,
            0.001,
            Bounds.share(0.5),
            HIGH,
            "The share of normal records that may raise an alert: those with a p-value at or below it do.")
        .define(
            Key.RETRAIN_INTERVAL,
            STRING,
            "1h",
            Durations.atLeast("1s"),
            MEDIUM,
            "How long, in event time, the intervals are after each of which it is decided whether to retrain.")
        .define(
            Key.RETRAIN_MIN_RECORDS,
            INT,
            1000,
            Bounds.between(100, 10_000_000),
            MEDIUM,
            "The fewest records in the window to train on; the first model is trained as soon as they are there.")
        .define(
            Key.HTTP_PORT,
            INT,
            null,
            Bounds.port(),
            MEDIUM,
            "Where to serve metrics, health and the live page over HTTP; none serves nothing.")
        .define(
            Key.HTTP_HOST,
            STRING,
            "127.0.0.1",
            Bounds.text(),
            LOW,
            "The address to serve HTTP at, to anybody who reaches it; the default is for this machine only, 0.0.0.0 for all networks.");
  }

  private static void topic(ConfigDef definition, String key, String what) {
    definition.define(key, STRING, null, Bounds.topic(), LOW, "The topic of " + what + ".");
  }
}
