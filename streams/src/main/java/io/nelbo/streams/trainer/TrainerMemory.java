package io.nelbo.streams.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nelbo.model.policy.Hold;
import io.nelbo.model.policy.PolicyState;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.TrainerState;
import java.util.ArrayList;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What is decided and what is not yet, in the trainer's store: it changes in the transaction that
 * also holds what it changed by and what it led to, so a crash loses no decision and repeats none.
 */
final class TrainerMemory {
  private static final AvroSerde<TrainerState> SERDE = AvroSerde.of(TrainerState.class);
  private static final Serializer<TrainerState> SERIALIZER = SERDE.serializer();
  private static final Deserializer<TrainerState> DESERIALIZER = SERDE.deserializer();

  private final KeyValueStore<String, byte[]> store;
  private final String key;
  private final String pinKey;
  private final VersionTally tally;

  TrainerMemory(KeyValueStore<String, byte[]> store, String modelName) {
    this.store = store;
    key = modelName;
    pinKey = modelName + "/pinned";
    tally = new VersionTally(store, modelName);
  }

  VersionTally tally() {
    return tally;
  }

  /** Returns the version that is to stay in force, or null if none is. */
  @Nullable Long pinned() {
    byte[] stored = store.get(pinKey);
    return stored == null ? null : Long.valueOf(new String(stored, UTF_8));
  }

  void pin(long version) {
    store.put(pinKey, Long.toString(version).getBytes(UTF_8));
  }

  void unpin() {
    store.delete(pinKey);
  }

  /** Returns a copy of what is remembered, to be changed and {@linkplain #save saved}. */
  TrainerState load() {
    byte[] stored = store.get(key);
    return stored == null ? empty() : DESERIALIZER.deserialize(key, stored);
  }

  void save(TrainerState state) {
    store.put(key, SERIALIZER.serialize(key, state));
  }

  private static TrainerState empty() {
    return new TrainerState(
        0L, 0, Hold.NONE.name(), null, false, Long.MIN_VALUE, new ArrayList<>(), new ArrayList<>());
  }

  /**
   * Begins with another model in force, or to be: intervals are of one model, what another one
   * flagged says nothing of it.
   */
  static void begin(TrainerState state, long version) {
    state.setModelVersion(version);
    state.getOpen().clear();
    settle(state);
    setPolicy(state, PolicyState.INITIAL);
  }

  /** What was to be trained is trained. */
  static void settle(TrainerState state) {
    state.setRetrain(null);
    state.setAccepted(false);
  }

  static PolicyState policy(TrainerState state) {
    return new PolicyState(state.getRisen(), Hold.valueOf(state.getHold()));
  }

  static void setPolicy(TrainerState state, PolicyState policy) {
    state.setRisen(policy.risen());
    state.setHold(policy.hold().name());
  }
}
