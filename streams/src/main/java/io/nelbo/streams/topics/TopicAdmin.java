package io.nelbo.streams.topics;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
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

  /** Creates the topics that are missing, with the broker's own default replication. */
  void create(Collection<TopicSpec> specs) {
    List<NewTopic> missing =
        specs.stream()
            .filter(spec -> describe(spec.name()).isEmpty())
            .map(
                spec ->
                    new NewTopic(spec.name(), Optional.of(spec.partitions()), Optional.empty())
                        .configs(spec.config()))
            .toList();
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
              }
            });
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
