package io.nelbo.streams.topics;

import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_DELETE;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the topics ready before an application starts: creates those that are missing, checks those
 * that exist and what the broker allows with them, and waits until all have leaders, because Kafka
 * Streams dies of a topic without.
 *
 * <p>The input topic is the user's: it is waited for, and never created.
 */
public final class TopicSetup {
  private static final Logger log = LoggerFactory.getLogger(TopicSetup.class);

  /** By default a broker refuses what a clock an hour ahead of its own has written. */
  private static final Map<String, String> AT_ANY_TIME =
      Map.of(MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE));

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
   * @param withScores whether the scores topic is written
   * @param patience how long to wait for the input topic
   * @throws TopicException if the input is still missing then, a topic is not as it must be, or the
   *     broker does not allow what the detector does with it
   * @throws org.apache.kafka.common.KafkaException if the broker does not answer or refuses
   */
  public int forDetector(String inputTopic, boolean withScores, Duration patience) {
    // All that is denied at once: whether the input is there may be among it.
    Map<String, Set<AclOperation>> access = access(ofDetector(1, withScores));
    access.put(inputTopic, Set.of(READ));
    requireAllowed(access);
    int partitions = admin.awaitPartitions(inputTopic, patience);
    prepare(ofDetector(partitions, withScores));
    return partitions;
  }

  private List<TopicSpec> ofDetector(int partitions, boolean withScores) {
    List<TopicSpec> specs =
        new ArrayList<>(
            List.of(
                models().withAccess(READ),
                schemas().withAccess(READ, WRITE),
                window().withAccess(WRITE),
                counts().withAccess(WRITE),
                modelEvents().withAccess(WRITE),
                sink("alerts.topic", topics.alerts(), partitions),
                sink("dead-letters.topic", topics.deadLetters(), partitions)));
    if (withScores) {
      specs.add(sink("scores.topic", topics.scores(), partitions));
    }
    return specs;
  }

  /**
   * Makes the topics of the trainer ready; throws as {@link #forDetector} does.
   *
   * @param changelogs the topics that Kafka Streams keeps for it
   */
  public void forTrainer(Collection<String> changelogs) {
    List<TopicSpec> specs =
        List.of(
            models().withAccess(READ, WRITE),
            schemas().withAccess(READ, WRITE),
            window().withAccess(READ),
            counts().withAccess(READ),
            modelEvents().withAccess(WRITE),
            commands().withAccess(READ),
            sink("dead-letters.topic", topics.deadLetters(), 1));
    Map<String, Set<AclOperation>> access = access(specs);
    changelogs.forEach(changelog -> access.put(changelog, Set.of(READ, WRITE)));
    requireAllowed(access);
    prepare(specs);
  }

  /** Makes the schemas topic ready for a writer; throws as {@link #forDetector} does. */
  public void forSchemas() {
    prepare(List.of(schemas().withAccess(READ, WRITE)));
  }

  /** Makes the models topic ready for a writer; throws as {@link #forDetector} does. */
  public void forModels() {
    prepare(List.of(models().withAccess(READ, WRITE)));
  }

  private TopicSpec models() {
    return compacted("models.topic", topics.models());
  }

  private TopicSpec schemas() {
    return compacted("schemas.topic", topics.schemas());
  }

  private TopicSpec window() {
    Map<String, String> config = new HashMap<>(OF_RECORDS);
    config.put(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_DELETE);
    config.put(RETENTION_MS_CONFIG, Long.toString(windowDuration.toMillis()));
    return new TopicSpec("window.topic", topics.window(), 1, true, config, Set.of());
  }

  private TopicSpec counts() {
    return new TopicSpec("counts.topic", topics.counts(), 1, true, AT_ANY_TIME, Set.of());
  }

  private TopicSpec modelEvents() {
    Map<String, String> kept = new HashMap<>(AT_ANY_TIME);
    kept.put(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_DELETE);
    kept.put(RETENTION_MS_CONFIG, "-1");
    return new TopicSpec("model-events.topic", topics.modelEvents(), 1, true, kept, Set.of());
  }

  private TopicSpec commands() {
    return new TopicSpec("commands.topic", topics.commands(), 1, true, AT_ANY_TIME, Set.of());
  }

  private static TopicSpec compacted(String key, String name) {
    Map<String, String> config = new HashMap<>(AT_ANY_TIME);
    config.put(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_COMPACT);
    return new TopicSpec(key, name, 1, true, config, Set.of());
  }

  private static TopicSpec sink(String key, String name, int partitions) {
    return new TopicSpec(key, name, partitions, false, OF_RECORDS, Set.of(WRITE));
  }

  /** What the specs ask of an application: the access each names, and to look at the settings. */
  private static Map<String, Set<AclOperation>> access(List<TopicSpec> specs) {
    Map<String, Set<AclOperation>> access = new TreeMap<>();
    for (TopicSpec spec : specs) {
      Set<AclOperation> operations = EnumSet.of(DESCRIBE_CONFIGS);
      operations.addAll(spec.access());
      access.put(spec.name(), operations);
    }
    return access;
  }

  private void requireAllowed(Map<String, Set<AclOperation>> access) {
    List<Permission> denied = admin.denied(access);
    if (!denied.isEmpty()) {
      throw new TopicException(
          denied.stream().map(Permission::denied).sorted().collect(Collectors.joining("\n")));
    }
  }

  private void prepare(List<TopicSpec> specs) {
    requireAllowed(access(specs));
    if (admin.create(specs)) {
      requireAllowed(access(specs));
    }
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
    warnIfSmaller(
        spec, found, RETENTION_MS_CONFIG, "older records will be missing when they are wanted");
  }

  private static void warnIfSmaller(
      TopicSpec spec, Map<String, String> found, String key, String consequence) {
    String wanted = spec.config().get(key);
    if (wanted == null) {
      return;
    }
    long have = limit(found.getOrDefault(key, wanted));
    if (have < limit(wanted)) {
      log.warn(
          "topic {} has {}={}, should have at least {}: {}",
          spec.name(),
          key,
          have,
          wanted,
          consequence);
    }
  }

  /** A negative limit is none. */
  private static long limit(String value) {
    long limit = Long.parseLong(value);
    return limit < 0 ? Long.MAX_VALUE : limit;
  }
}
