package io.nelbo.streams.trainer;

import org.apache.kafka.streams.state.KeyValueStore;

/** What must outlive a restart: when the model of a name was last trained, and its last version. */
final class TrainingHistory {
  private final KeyValueStore<String, Long> store;
  private final String versionKey;
  private final String trainedKey;

  TrainingHistory(KeyValueStore<String, Long> store, String modelName) {
    this.store = store;
    versionKey = modelName + "/version";
    trainedKey = modelName + "/trained-at";
  }

  /** The last version published, by whomever; 0 if there was none. */
  long version() {
    Long version = store.get(versionKey);
    return version == null ? 0 : version;
  }

  /** When the last training ended, vetoed or not; {@link RetrainSchedule#NEVER} if none has. */
  long lastTraining() {
    Long trained = store.get(trainedKey);
    return trained == null ? RetrainSchedule.NEVER : trained;
  }

  void trainedAt(long now) {
    store.put(trainedKey, now);
  }

  /** Counts on from a version that another program has published. */
  void follow(long version) {
    store.put(versionKey, version);
  }

  void published(long version, long now) {
    store.put(versionKey, version);
    trainedAt(now);
  }
}
