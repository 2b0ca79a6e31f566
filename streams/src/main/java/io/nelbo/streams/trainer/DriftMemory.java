package io.nelbo.streams.trainer;

import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.DriftState;
import java.util.ArrayList;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What is watched of a model's calibration, in the trainer's store beside {@link TrainerMemory} but
 * apart from it: it changes once an interval, not at every record of counts.
 */
final class DriftMemory {
  private static final AvroSerde<DriftState> SERDE = AvroSerde.of(DriftState.class);
  private static final Serializer<DriftState> SERIALIZER = SERDE.serializer();
  private static final Deserializer<DriftState> DESERIALIZER = SERDE.deserializer();

  private final KeyValueStore<String, byte[]> store;
  private final String key;

  DriftMemory(KeyValueStore<String, byte[]> store, String modelName) {
    this.store = store;
    key = modelName + "/drift";
  }

  /** Returns a copy of what is remembered of a version; nothing if it was another's. */
  DriftState load(long version) {
    byte[] stored = store.get(key);
    DriftState state = stored == null ? null : DESERIALIZER.deserialize(key, stored);
    return state == null || state.getModelVersion() != version
        ? new DriftState(version, false, new ArrayList<>())
        : state;
  }

  void save(DriftState state) {
    store.put(key, SERIALIZER.serialize(key, state));
  }
}
