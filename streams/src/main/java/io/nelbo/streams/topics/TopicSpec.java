package io.nelbo.streams.topics;

import java.util.Map;

/**
 * A topic as it should be.
 *
 * @param key the setting that names the topic
 * @param partitionsMatter whether an existing topic must have just so many partitions
 */
record TopicSpec(
    String key, String name, int partitions, boolean partitionsMatter, Map<String, String> config) {
  TopicSpec {
    config = Map.copyOf(config);
  }
}
