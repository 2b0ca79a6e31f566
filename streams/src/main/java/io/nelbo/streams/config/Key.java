package io.nelbo.streams.config;

/** The keys of Nelbo's own settings. */
final class Key {
  static final String APPLICATION_ID = "application.id";
  static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
  static final String INPUT_TOPIC = "input.topic";
  static final String MODEL_NAME = "model.name";
  static final String ALERTS_TOPIC = "alerts.topic";
  static final String SCORES_TOPIC = "scores.topic";
  static final String MODELS_KEEP = "models.keep";
  static final String MODELS_SHADOW = "models.shadow";
  static final String MODELS_SHADOW_RECORDS = "models.shadow.records";
  static final String MODELS_TOPIC = "models.topic";
  static final String WINDOW_TOPIC = "window.topic";
  static final String DEAD_LETTERS_TOPIC = "dead-letters.topic";
  static final String SCHEMAS_TOPIC = "schemas.topic";
  static final String COUNTS_TOPIC = "counts.topic";
  static final String COMMANDS_TOPIC = "commands.topic";
  static final String MODEL_EVENTS_TOPIC = "model-events.topic";
  static final String VALUE_SCHEMA = "value.schema";
  static final String REGISTRY_URL = "schema.registry.url";
  static final String REGISTRY_USER_INFO = "basic.auth.user.info";
  static final String REGISTRY_NAMING = "value.subject.name.strategy";
  static final String REGISTRY_REGISTERS = "auto.register.schemas";

  /** What follows is Kafka's ssl.* of the connection to the registry. */
  static final String REGISTRY_TLS = "schema.registry.ssl.";

  static final String FEATURES_INCLUDE = "features.include";
  static final String FEATURES_EXCLUDE = "features.exclude";
  static final String FEATURES_CATEGORICAL = "features.categorical";
  static final String WINDOW_DURATION = "window.duration";
  static final String WINDOW_MAX_RECORDS = "window.max.records";
  static final String ALERT_RATE = "alert.rate";
  static final String ALERT_TOP_FEATURES = "alert.top.features";
  static final String ALERT_INCLUDE_RECORD = "alert.include.record";
  static final String ALERT_CLOUDEVENTS = "alert.cloudevents";
  static final String SCORES_ENABLED = "scores.enabled";
  static final String RETRAIN_INTERVAL = "retrain.interval";
  static final String RETRAIN_MAX_AGE = "retrain.max.age";
  static final String RETRAIN_MIN_RECORDS = "retrain.min.records";
  static final String TRAIN_DEVICE = "train.device";
  static final String TRAIN_SEED = "train.seed";
  static final String TRAIN_TIME_BUDGET = "train.time.budget";
  static final String TRAIN_WARM_START = "train.warm.start";
  static final String MODEL_PROFILE = "model.profile";
  static final String MODEL_LIKELIHOOD = "model.likelihood";
  static final String SCORE_SAMPLES = "score.samples";
  static final String HTTP_HOST = "http.host";
  static final String HTTP_PORT = "http.port";

  private Key() {}
}
