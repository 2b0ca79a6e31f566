package io.nelbo.streams.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of Kafka's admin client is needed here, waited for, with its own exceptions unwrapped. */
final class TopicAdmin {
  private static final Logger log = LoggerFactory.getLogger(TopicAdmin.class);
  private static final Duration LEADER_PATIENCE = Duration.ofSeconds(60);
  private static final long POLL_MS = 200;

  private final Admin admin;

  TopicAdmin(Admin admin) {
    this.admin = admin;
  }

  /**
   * Returns what of the access wanted the broker does not allow this program; nothing of topics
   * that do not exist, and nothing where the broker does not tell.
   *
   * @param wanted by topic
   */
  List<Permission> denied(Map<String, Set<AclOperation>> wanted) {
    DescribeTopicsOptions options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
    List<Permission> denied = new ArrayList<>();
    admin
        .describeTopics(wanted.keySet(), options)
        .topicNameValues()
        .forEach(
            (topic, description) -> {
              Set<AclOperation> lacking = new HashSet<>(wanted.getOrDefault(topic, Set.of()));
              lacking.removeAll(allowed(description, lacking));
              if (!lacking.isEmpty()) {
                denied.add(Permission.ofTopic(topic, lacking));
              }
            });
    return denied;
  }

  private static Set<AclOperation> allowed(
      KafkaFuture<TopicDescription> description, Set<AclOperation> ifUntold) {
    try {
      @Nullable Set<AclOperation> allowed = get(description).authorizedOperations();
      // What could be described may be described; a broker that says otherwise does not know.
      return allowed == null || !allowed.contains(AclOperation.DESCRIBE)
          ? Set.copyOf(ifUntold)
          : allowed;
    } catch (UnknownTopicOrPartitionException e) {
      return Set.copyOf(ifUntold);
    } catch (TopicAuthorizationException e) {
      return Set.of();
    }
  }

  /**
   * Creates the topics that are missing, with the broker's own default replication, and returns
   * whether there were any.
   *
   * @throws TopicException if the broker does not allow it, naming all that are missing
   */
  boolean create(Collection<TopicSpec> specs) {
    List<NewTopic> missing =
        specs.stream()
            .filter(spec -> describe(spec.name()).isEmpty())
            .map(
                spec ->
                    new NewTopic(spec.name(), Optional.of(spec.partitions()), Optional.empty())
                        .configs(spec.config()))
            .toList();
    List<String> denied = new ArrayList<>();
    admin
        .createTopics(missing)
        .values()
        .forEach(
            (name, created) -> {
              try {
                get(created);
                log.info("created topic {}", name);
              } catch (TopicExistsException e) {
                // Another instance, or the trainer, was quicker; it is checked like any other.
                log.debug("topic {} was created meanwhile", name);
              } catch (TopicAuthorizationException | ClusterAuthorizationException e) {
                denied.add(name);
              }
            });
    if (!denied.isEmpty()) {
      throw new TopicException(
          missing.stream()
              .filter(topic -> denied.contains(topic.name()))
              .map(TopicAdmin::createByHand)
              .collect(Collectors.joining("\n")));
    }
    return !missing.isEmpty();
  }

  private static String createByHand(NewTopic topic) {
    StringBuilder command = new StringBuilder();
    new TreeMap<>(topic.configs())
        .forEach((key, value) -> command.append(" --config ").append(key + "=" + value));
    return "%s\n  or create it: kafka-topics.sh --create --topic %s --partitions %d%s"
        .formatted(
            Permission.ofTopic(topic.name(), Set.of(AclOperation.CREATE)).denied(),
            topic.name(),
            topic.numPartitions(),
            command);
  }

  /** Waits for a topic, saying so once, and returns the number of its partitions. */
  int awaitPartitions(String topic, Duration patience) {
    if (describe(topic).isEmpty()) {
      log.warn(
          "input topic {} does not exist yet; waiting {} s for it to be created",
          topic,
          patience.toSeconds());
    }
    if (!await(() -> hasLeaders(topic), patience)) {
      throw new TopicException(
          "input topic %s does not exist after %d s: create it, or set input.topic to the one to watch"
              .formatted(topic, patience.toSeconds()));
    }
    return partitions(topic);
  }

  void awaitLeaders(List<String> names) {
    for (String name : names) {
      if (!await(() -> hasLeaders(name), LEADER_PATIENCE)) {
        throw new TopicException(
            "topic %s has partitions without a leader after %d s: are enough brokers up?"
                .formatted(name, LEADER_PATIENCE.toSeconds()));
      }
    }
  }

  int partitions(String topic) {
    return describe(topic)
        .orElseThrow(() -> new TopicException("topic " + topic + " was deleted meanwhile"))
        .partitions()
        .size();
  }

  Map<String, String> config(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return get(admin.describeConfigs(List.of(resource)).all()).values().stream()
        .flatMap(found -> found.entries().stream())
        .filter(entry -> entry.value() != null)
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
  }

  private boolean hasLeaders(String topic) {
    return describe(topic)
        .filter(d -> d.partitions().stream().allMatch(p -> p.leader() != null))
        .isPresent();
  }

  private Optional<TopicDescription> describe(String topic) {
    try {
      return get(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
          .findFirst();
    } catch (UnknownTopicOrPartitionException e) {
      return Optional.empty();
    }
  }

  private static boolean await(BooleanSupplier condition, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(POLL_MS);
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
    }
    return true;
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException kafkas
          ? kafkas
          : new KafkaException(e.getCause());
    }
  }
}
