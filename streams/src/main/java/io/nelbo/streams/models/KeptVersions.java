package io.nelbo.streams.models;

import io.nelbo.model.score.ModelVersion;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.Model;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The versions of a model that the models topic keeps, as bytes, as far as the {@link ModelUpdater}
 * of this instance has read it.
 */
public final class KeptVersions {
  private final String modelName;
  private final ReadOnlyKeyValueStore<byte[], byte[]> store;
  private final Deserializer<Model> deserializer;

  /** Looks into the store of a topology that {@linkplain ModelUpdater#addKeeping keeps} them. */
  public KeptVersions(ProcessorContext<?, ?> context, String modelName, AvroSerde<Model> serde) {
    deserializer = serde.deserializer();
    this.modelName = modelName;
    store = context.getStateStore(ModelUpdater.STORE);
  }

  /** Returns the versions, lowest first, in a set of the caller's own. */
  public NavigableSet<Long> versions() {
    NavigableSet<Long> versions = new TreeSet<>();
    try (KeyValueIterator<byte[], byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<byte[], byte[]> entry = all.next();
        long version = ModelKeys.keptVersion(entry.key, modelName);
        if (version > 0) {
          versions.add(version);
        }
      }
    }
    return versions;
  }

  /**
   * Reads a version and checks all of it.
   *
   * @throws IllegalArgumentException if it is not kept, or with the reason to refuse it
   */
  public ModelVersion read(long version) {
    byte[] bytes = store.get(ModelKeys.kept(modelName, version));
    if (bytes == null) {
      throw new IllegalArgumentException("version " + version + " is not kept");
    }
    try {
      ModelVersion model = ModelRecords.fromAvro(deserializer.deserialize(modelName, bytes));
      if (!model.name().equals(modelName) || model.version() != version) {
        throw new IllegalArgumentException(
            "it calls itself version " + model.version() + " of " + model.name());
      }
      return model;
    } catch (SerializationException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
