package io.nelbo.streams.models;

import io.nelbo.model.score.ModelVersion;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.Model;
import io.nelbo.schemas.registry.SchemaRegistry;
import io.nelbo.streams.metrics.Gauges;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the models topic: keeps the newest good model in the global store and puts it in force. A
 * model that does not load is refused with its reason, and the one in force stays. Versions that
 * the topic keeps beside it are passed over, unless this is to {@linkplain #addKeeping keep} them.
 *
 * <p>{@link #init} reads the store as well, because a store that is restored as it was written
 * never calls {@link #process}. Nothing may leave here as an exception: it would end the client.
 */
public final class ModelUpdater extends ContextualProcessor<byte[], byte[], Void, Void> {
  static final String STORE = "models";

  private static final Logger log = LoggerFactory.getLogger(ModelUpdater.class);

  private final CurrentModel current;
  private final String modelName;
  private final boolean keeping;
  private final byte[] key;
  private final byte[] candidateKey;
  private final Deserializer<Model> deserializer;
  private KeyValueStore<byte[], byte[]> store;
  private Sensor swaps;
  private Sensor refusals;

  private ModelUpdater(
      CurrentModel current, String modelName, boolean keeping, @Nullable SchemaRegistry registry) {
    this.current = current;
    this.modelName = modelName;
    this.keeping = keeping;
    key = ModelKeys.inForce(modelName);
    candidateKey = ModelKeys.candidate(modelName);
    deserializer = AvroSerde.of(Model.class, registry).deserializer();
  }

  /**
   * Adds to a topology what keeps the newest model of a name in force.
   *
   * @param registry where the schemas of models are that are written with one; null for none
   */
  public static void addTo(
      Topology topology,
      String modelsTopic,
      String modelName,
      CurrentModel current,
      @Nullable SchemaRegistry registry) {
    add(topology, modelsTopic, modelName, current, false, registry);
  }

  /** Adds to a topology what also keeps the bytes of {@link KeptVersions}. */
  public static void addKeeping(
      Topology topology,
      String modelsTopic,
      String modelName,
      CurrentModel current,
      @Nullable SchemaRegistry registry) {
    add(topology, modelsTopic, modelName, current, true, registry);
  }

  private static void add(
      Topology topology,
      String modelsTopic,
      String modelName,
      CurrentModel current,
      boolean keeping,
      @Nullable SchemaRegistry registry) {
    topology.addGlobalStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(STORE), Serdes.ByteArray(), Serdes.ByteArray())
            .withLoggingDisabled(),
        "models-source",
        new WallclockTimestampExtractor(),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        modelsTopic,
        "update-model",
        () -> new ModelUpdater(current, modelName, keeping, registry));
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    super.init(context);
    store = context.getStateStore(STORE);
    swaps = sensor("model-swaps");
    refusals = sensor("model-refusals");
    Gauges.ofInstance(context.metrics(), modelName, "in-force")
        .add(
            "model-version",
            "The version of the model in force, 0 before the first",
            current::version)
        .add("model-age-seconds", "How long ago the model in force was trained", this::ageSeconds);
    byte[] stored = store.get(key);
    if (stored != null) {
      putInForce(stored, new RecordHeaders(), "in the store");
    }
    byte[] candidate = store.get(candidateKey);
    if (candidate != null) {
      compareWith(candidate, new RecordHeaders(), "in the store");
    }
  }

  private double ageSeconds() {
    ModelVersion now = current.get();
    return now == null
        ? Double.NaN
        : Duration.between(now.trainedAt(), Instant.now()).toMillis() / 1e3;
  }

  private Sensor sensor(String operation) {
    return context()
        .metrics()
        .addRateTotalSensor("nelbo", modelName, operation, Sensor.RecordingLevel.INFO);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (record.key() == null) {
      return;
    }
    if (Arrays.equals(record.key(), key)) {
      inForce(record);
    } else if (Arrays.equals(record.key(), candidateKey)) {
      candidate(record);
    } else if (keeping && ModelKeys.keptVersion(record.key(), modelName) > 0) {
      keep(record);
    }
  }

  private void inForce(Record<byte[], byte[]> record) {
    if (record.value() == null) {
      log.warn("model {} was deleted {}; the one in force stays", modelName, place());
    } else if (putInForce(record.value(), record.headers(), place())) {
      store.put(record.key(), record.value());
    }
  }

  private void candidate(Record<byte[], byte[]> record) {
    if (record.value() == null) {
      current.compareWith(null);
      store.delete(record.key());
    } else if (compareWith(record.value(), record.headers(), place())) {
      store.put(record.key(), record.value());
    }
  }

  private void keep(Record<byte[], byte[]> record) {
    try {
      if (record.value() != null) {
        ModelDigest.check(record.headers(), record.value());
      }
      store.put(record.key(), record.value());
    } catch (IllegalArgumentException e) {
      log.warn("version of model {} {} is not kept: {}", modelName, place(), e.getMessage());
    }
  }

  private String place() {
    return context()
        .recordMetadata()
        .map(at -> "at offset " + at.offset() + " of " + at.topic())
        .orElse("on the models topic");
  }

  @SuppressWarnings("CatchingUnchecked") // whatever the bytes do to a decoder, the stream goes on
  private boolean putInForce(byte[] bytes, Headers headers, String place) {
    try {
      ModelVersion candidate = read(bytes, headers);
      boolean replaced = current.replaceWith(candidate);
      if (replaced) {
        swaps.record();
        log.info(
            "model {} version {} of {} is in force",
            modelName,
            candidate.version(),
            candidate.trainedAt());
      }
      return replaced;
    } catch (RuntimeException e) {
      refuse(place, e);
      return false;
    }
  }

  @SuppressWarnings("CatchingUnchecked") // as above
  private boolean compareWith(byte[] bytes, Headers headers, String place) {
    try {
      ModelVersion candidate = read(bytes, headers);
      current.compareWith(candidate);
      log.info(
          "model {} version {} of {} is compared with the one in force",
          modelName,
          candidate.version(),
          candidate.trainedAt());
      return true;
    } catch (RuntimeException e) {
      refuse(place, e);
      return false;
    }
  }

  private ModelVersion read(byte[] bytes, Headers headers) {
    ModelDigest.check(headers, bytes);
    ModelVersion model = ModelRecords.fromAvro(deserializer.deserialize(STORE, bytes));
    if (!model.name().equals(modelName)) {
      throw new IllegalArgumentException(
          "it calls itself " + model.name() + ", its key is " + modelName);
    }
    return model;
  }

  private void refuse(String place, RuntimeException e) {
    String reason = e.getMessage() == null ? e.toString() : e.getMessage();
    Instant now = Instant.ofEpochMilli(context().currentSystemTimeMs());
    current.refused(new Refusal(now, place, reason, current.version()));
    refusals.record();
    log.warn(
        "model {} {} refused, version {} stays in force: {}",
        modelName,
        place,
        current.version(),
        reason);
  }
}
