package io.nelbo.streams.trainer;

import io.nelbo.model.policy.PValueCounts;
import io.nelbo.model.quality.LiveComparison;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.ShadowCounts;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** How the candidate compares with the model in force so far, in the trainer's store. */
final class ShadowMemory {
  private static final AvroSerde<ShadowCounts> SERDE = AvroSerde.of(ShadowCounts.class);
  private static final Serializer<ShadowCounts> SERIALIZER = SERDE.serializer();
  private static final Deserializer<ShadowCounts> DESERIALIZER = SERDE.deserializer();

  private final KeyValueStore<String, byte[]> store;
  private final String key;

  ShadowMemory(KeyValueStore<String, byte[]> store, String modelName) {
    this.store = store;
    key = modelName + "/shadow";
  }

  /** Begins to compare a candidate with a version. */
  void open(String candidate, long inForce, double alpha) {
    save(
        new ShadowCounts(
            inForce, candidate, alpha, 0L, 0L, 0L, 0.0, new PValueCounts(alpha).bins()));
  }

  /** Returns the sum of what was counted; null if no candidate is compared. */
  @Nullable ShadowCounts load() {
    byte[] stored = store.get(key);
    return stored == null ? null : DESERIALIZER.deserialize(key, stored);
  }

  /** Adds what a detector counted, if it is of the same two models. */
  void add(ShadowCounts counts) {
    ShadowCounts sum = load();
    if (sum == null
        || sum.getModelVersion() != counts.getModelVersion()
        || !sum.getCandidate().equals(counts.getCandidate())
        || sum.getAlpha() != counts.getAlpha()) {
      return;
    }
    PValueCounts all = candidate(sum);
    all.add(candidate(counts));
    sum.setInForceFlagged(sum.getInForceFlagged() + counts.getInForceFlagged());
    sum.setCandidateFlagged(all.flagged());
    sum.setBothFlagged(sum.getBothFlagged() + counts.getBothFlagged());
    sum.setScoreShift(sum.getScoreShift() + counts.getScoreShift());
    sum.setBins(all.bins());
    save(sum);
  }

  void close() {
    store.delete(key);
  }

  private void save(ShadowCounts sum) {
    store.put(key, SERIALIZER.serialize(key, sum));
  }

  static LiveComparison comparison(ShadowCounts sum) {
    PValueCounts candidate = candidate(sum);
    return new LiveComparison(
        candidate,
        sum.getInForceFlagged(),
        sum.getBothFlagged(),
        sum.getScoreShift() / Math.max(1, (double) candidate.records()));
  }

  private static PValueCounts candidate(ShadowCounts counts) {
    return PValueCounts.of(counts.getAlpha(), counts.getCandidateFlagged(), counts.getBins());
  }
}
