package io.nelbo.streams.trainer;

import io.nelbo.model.policy.PValueCounts;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.IntervalCounts;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What was counted of the newest version's p-values, of all partitions, since it is in force. */
final class VersionTally {
  private static final AvroSerde<IntervalCounts> SERDE = AvroSerde.of(IntervalCounts.class);
  private static final Serializer<IntervalCounts> SERIALIZER = SERDE.serializer();
  private static final Deserializer<IntervalCounts> DESERIALIZER = SERDE.deserializer();

  private final KeyValueStore<String, byte[]> store;
  private final String key;

  VersionTally(KeyValueStore<String, byte[]> store, String modelName) {
    this.store = store;
    key = modelName + "/tally";
  }

  /** Adds counts; those of another version than before, or at another α, begin anew. */
  void add(IntervalCounts counts) {
    IntervalCounts sum = load();
    if (sum == null
        || sum.getModelVersion() != counts.getModelVersion()
        || sum.getAlpha() != counts.getAlpha()) {
      sum = IntervalCounts.newBuilder(counts).build();
    } else {
      PValueCounts all = of(sum);
      all.add(of(counts));
      sum.setFlagged(all.flagged());
      sum.setBins(all.bins());
    }
    store.put(key, SERIALIZER.serialize(key, sum));
  }

  /** Returns for an event how many records a version has scored, and how many it flagged. */
  Map<String, Double> numbersOf(long version) {
    IntervalCounts sum = load();
    if (sum == null || sum.getModelVersion() != version) {
      return Map.of();
    }
    PValueCounts counts = of(sum);
    return Map.of(
        "former", (double) version,
        "formerRecords", (double) counts.records(),
        "formerFlagged", (double) counts.flagged());
  }

  private @Nullable IntervalCounts load() {
    byte[] stored = store.get(key);
    return stored == null ? null : DESERIALIZER.deserialize(key, stored);
  }

  private static PValueCounts of(IntervalCounts counts) {
    return PValueCounts.of(counts.getAlpha(), counts.getFlagged(), counts.getBins());
  }
}
