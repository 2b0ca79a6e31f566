package io.nelbo.streams.topics;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_DELETE;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the topics ready before an application starts: creates those that are missing, checks those
 * that exist, and waits until all have leaders, because Kafka Streams dies of a topic without.
 *
 * <p>The input topic is the user's: it is waited for, and never created.
 */
public final class TopicSetup {
  private static final Logger log = LoggerFactory.getLogger(TopicSetup.class);

  /** What bears the input's records and event times must take all those that the input took. */
  private static final Map<String, String> OF_RECORDS =
      Map.of(
          MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE),
          MAX_MESSAGE_BYTES_CONFIG, Integer.toString(Topics.MAX_RECORD_BYTES));

  private final TopicAdmin admin;
  private final Topics topics;
  private final Duration windowDuration;

  public TopicSetup(Admin admin, Topics topics, Duration windowDuration) {
    this.admin = new TopicAdmin(admin);
    this.topics = topics;
    this.windowDuration = windowDuration;
  }

  /**
   * Makes the topics of the detector ready and returns the number of partitions of the input.
   *
   * @param patience how long to wait for the input topic
   * @throws TopicException if the input is still missing then, or a topic is not as it must be
   * @throws org.apache.kafka.common.KafkaException if the broker does not answer or refuses
   */
  public int forDetector(String inputTopic, Duration patience) {
    int partitions = admin.awaitPartitions(inputTopic, patience);
    List<TopicSpec> specs = new ArrayList<>(shared());
    specs.add(sink("alerts.topic", topics.alerts(), partitions));
    specs.add(sink("scores.topic", topics.scores(), partitions));
    specs.add(sink("dead-letters.topic", topics.deadLetters(), partitions));
    prepare(specs);
    return partitions;
  }

  /** Makes the topics of the trainer ready; throws as {@link #forDetector} does. */
  public void forTrainer() {
    List<TopicSpec> specs = new ArrayList<>(shared());
    specs.add(sink("dead-letters.topic", topics.deadLetters(), 1));
    prepare(specs);
  }

  /** Makes the schemas topic ready; throws as {@link #forDetector} does. */
  public void forSchemas() {
    prepare(List.of(compacted("schemas.topic", topics.schemas())));
  }

  /** Makes the models topic ready; throws as {@link #forDetector} does. */
  public void forModels() {
    prepare(List.of(compacted("models.topic", topics.models())));
  }

  private List<TopicSpec> shared() {
    Map<String, String> window = new HashMap<>(OF_RECORDS);
    window.put(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_DELETE);
    window.put(RETENTION_MS_CONFIG, Long.toString(windowDuration.toMillis()));
    return List.of(
        compacted("models.topic", topics.models()),
        compacted("schemas.topic", topics.schemas()),
        new TopicSpec("window.topic", topics.window(), 1, true, window));
  }

  private static TopicSpec compacted(String key, String name) {
    return new TopicSpec(key, name, 1, true, Map.of(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_COMPACT));
  }

  private static TopicSpec sink(String key, String name, int partitions) {
    return new TopicSpec(key, name, partitions, false, OF_RECORDS);
  }

  private void prepare(List<TopicSpec> specs) {
    admin.create(specs);
    admin.awaitLeaders(specs.stream().map(TopicSpec::name).toList());
    List<String> faults = new ArrayList<>();
    for (TopicSpec spec : specs) {
      check(spec, faults);
    }
    if (!faults.isEmpty()) {
      throw new TopicException(String.join("\n", faults));
    }
  }

  private void check(TopicSpec spec, List<String> faults) {
    int partitions = admin.partitions(spec.name());
    if (spec.partitionsMatter() && partitions != spec.partitions()) {
      faults.add(
          "topic %s has %d partitions, must have %d: delete it for Nelbo to create it, or set %s to another name"
              .formatted(spec.name(), partitions, spec.partitions(), spec.key()));
    }
    Map<String, String> found = admin.config(spec.name());
    String policy = spec.config().getOrDefault(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_DELETE);
    String policyFound = found.getOrDefault(CLEANUP_POLICY_CONFIG, "");
    // "compact,delete" forgets the model in force after the retention time; compaction of the
    // others drops records whose key comes again.
    if (!policyFound.equals(policy)) {
      faults.add(
          "topic %s has cleanup.policy=%s, must have %s: kafka-configs.sh --alter --topic %s --add-config cleanup.policy=%s"
              .formatted(spec.name(), policyFound, policy, spec.name(), policy));
    }
    warnIfSmaller(spec, found, MAX_MESSAGE_BYTES_CONFIG, "larger records will stop the detector");
    warnIfSmaller(spec, found, RETENTION_MS_CONFIG, "a restored window will lack older records");
  }

  private static void warnIfSmaller(
      TopicSpec spec, Map<String, String> found, String key, String consequence) {
    String wanted = spec.config().get(key);
    if (wanted == null) {
      return;
    }
    long have = Long.parseLong(found.getOrDefault(key, wanted));
    if (have >= 0 && have < Long.parseLong(wanted)) {
      log.warn(
          "topic {} has {}={}, should have at least {}: {}",
          spec.name(),
          key,
          have,
          wanted,
          consequence);
    }
  }
}
