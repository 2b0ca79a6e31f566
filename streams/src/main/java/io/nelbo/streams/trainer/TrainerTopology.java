package io.nelbo.streams.trainer;

import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.Model;
import io.nelbo.streams.config.TrainerConfig;
import io.nelbo.streams.input.SchemaSource;
import io.nelbo.streams.models.CurrentModel;
import io.nelbo.streams.models.ModelUpdater;
import io.nelbo.streams.topics.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.UsePartitionTimeOnInvalidTimestamp;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Builds the topology of the trainer:
 *
 * <pre>
 *   commands ──> person-commands ─> obey ───────┐
 *                                    │          │
 *   counts ──> interval-counts ──> decide ──────┼──> events       what happened, and why
 *                                    │          │
 *                                 decisions     │
 *                                    │          │
 *   window ──> window-records ───> train ───────┴──> published    what passed the veto or is restored
 *                                    ▲ │                              │
 *                                    │ └── window, training-history   │
 *   models ──> update-model ─────────┘ &lt;─────────────────────────────┘
 * </pre>
 *
 * {@link DecisionProcessor} decides whether to retrain, {@link TrainerProcessor} does it; the store
 * between them is what is decided. Node and store names are part of what a running application has
 * stored: they do not change.
 */
public final class TrainerTopology {
  static final String DECIDE = "decide";
  static final String OBEY = "obey";
  static final String TRAIN = "train";
  static final String EVENTS = "events";
  static final String PUBLISHED = "published";
  static final String WINDOW_STORE = "window";
  static final String HISTORY_STORE = "training-history";
  static final String DECISIONS_STORE = "decisions";

  /** Stores are logged at the times of what comes, which a clock that is ahead may have written. */
  private static final Map<String, String> AT_ANY_TIME =
      Map.of(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE));

  private static final Map<String, String> OF_RECORDS =
      Map.of(
          TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE),
          TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(Topics.MAX_RECORD_BYTES));

  private TrainerTopology() {}

  /**
   * Builds the topology.
   *
   * @param schemas where the schemas of window records are found
   * @param model what {@code update-model} puts in force, for others to observe
   * @param training what makes a model of a window
   * @param status told what the trainer does, for others to wait for
   */
  public static Topology build(
      TrainerConfig config,
      SchemaSource schemas,
      CurrentModel model,
      Training training,
      TrainerStatus status) {
    String models = config.topics().models();
    var bytes = new ByteArrayDeserializer();
    Topology topology = new Topology();
    AvroSerde<Model> serde = AvroSerde.of(Model.class, schemas.registry());
    ModelUpdater.addKeeping(topology, models, config.modelName(), model, schemas.registry());
    return topology
        .addSource(
            AutoOffsetReset.earliest(),
            "window-records",
            new UsePartitionTimeOnInvalidTimestamp(),
            bytes,
            bytes,
            config.topics().window())
        .addProcessor(
            TRAIN,
            () ->
                new TrainerProcessor(
                    config, model, new Retraining(config, schemas, training), serde, status),
            "window-records")
        .addSource(
            AutoOffsetReset.earliest(),
            "interval-counts",
            new UsePartitionTimeOnInvalidTimestamp(),
            bytes,
            bytes,
            config.topics().counts())
        .addProcessor(
            DECIDE, () -> new DecisionProcessor(config, model, schemas), "interval-counts")
        .addSource(
            AutoOffsetReset.earliest(),
            "person-commands",
            new UsePartitionTimeOnInvalidTimestamp(),
            bytes,
            bytes,
            config.topics().commands())
        .addProcessor(OBEY, () -> new CommandProcessor(config, model, serde), "person-commands")
        .addStateStore(decisions(), OBEY, DECIDE, TRAIN)
        .addStateStore(window(config.windowDuration()), DECIDE, TRAIN)
        .addStateStore(history(), OBEY, TRAIN)
        .addSink(
            PUBLISHED, models, new ByteArraySerializer(), new ByteArraySerializer(), OBEY, TRAIN)
        .addSink(
            EVENTS,
            config.topics().modelEvents(),
            new ByteArraySerializer(),
            new ByteArraySerializer(),
            OBEY,
            DECIDE,
            TRAIN);
  }

  /** Returns the topics in which Kafka Streams keeps the stores of an application of this id. */
  public static List<String> changelogs(String applicationId) {
    return Stream.of(WINDOW_STORE, HISTORY_STORE, DECISIONS_STORE)
        .map(store -> applicationId + "-" + store + "-changelog")
        .toList();
  }

  /** Change-logged; the key is the record's source, the window begins at its event time. */
  private static StoreBuilder<WindowStore<Bytes, byte[]>> window(Duration retention) {
    return Stores.windowStoreBuilder(
            Stores.persistentWindowStore(
                WINDOW_STORE, retention, Duration.ofMillis(1), /* retainDuplicates= */ false),
            Serdes.Bytes(),
            Serdes.ByteArray())
        .withLoggingEnabled(OF_RECORDS);
  }

  private static StoreBuilder<KeyValueStore<String, Long>> history() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(HISTORY_STORE), Serdes.String(), Serdes.Long())
        .withLoggingEnabled(AT_ANY_TIME);
  }

  private static StoreBuilder<KeyValueStore<String, byte[]>> decisions() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(DECISIONS_STORE), Serdes.String(), Serdes.ByteArray())
        .withLoggingEnabled(AT_ANY_TIME);
  }
}
