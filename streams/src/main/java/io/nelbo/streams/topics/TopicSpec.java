package io.nelbo.streams.topics;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;

/**
 * A topic as it should be.
 *
 * @param key the setting that names the topic
 * @param partitionsMatter whether an existing topic must have just so many partitions
 * @param access what the application does with it, beside looking at its settings
 */
record TopicSpec(
    String key,
    String name,
    int partitions,
    boolean partitionsMatter,
    Map<String, String> config,
    Set<AclOperation> access) {
  TopicSpec {
    config = Map.copyOf(config);
    access = Set.copyOf(access);
  }

  TopicSpec withAccess(AclOperation... operations) {
    return new TopicSpec(key, name, partitions, partitionsMatter, config, Set.of(operations));
  }
}
