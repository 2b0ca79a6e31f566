package io.nelbo.streams;

import io.nelbo.streams.local.LocalBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/**
 * One real broker for all integration tests of a JVM: Kafka's container where Docker answers, the
 * local broker otherwise. Every test takes topics and an application id of its own from {@link
 * #unique}. All reading is read-committed, from the beginning.
 */
public final class TestKafka {
  private static final Logger LOG = LoggerFactory.getLogger(TestKafka.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private TestKafka() {}

  /** Returns the broker's address; the first call starts it. */
  public static String bootstrapServers() {
    return Started.BOOTSTRAP_SERVERS;
  }

  /** Returns a name that nothing else on the broker has. */
  public static String unique(String prefix) {
    return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** Creates a topic of a new unique name and returns when its partitions have leaders. */
  public static String newTopic(String prefix, int partitions) {
    String topic = unique(prefix);
    createTopic(topic, partitions, Map.of());
    return topic;
  }

  /** Creates a topic and returns when all its partitions have leaders. */
  public static void createTopic(String topic, int partitions, Map<String, String> configs) {
    try (Admin admin = admin()) {
      NewTopic wanted = new NewTopic(topic, partitions, (short) 1).configs(configs);
      get(admin.createTopics(List.of(wanted)).all());
      Awaitility.await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(
              () ->
                  get(admin.describeTopics(List.of(topic)).allTopicNames())
                          .get(topic)
                          .partitions()
                          .stream()
                          .filter(p -> p.leader() != null && !p.leader().isEmpty())
                          .count()
                      == partitions);
    }
  }

  public static Admin admin() {
    return Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers()));
  }

  /** Makes a producer of bytes; the settings given win. */
  public static Producer<byte[], byte[]> producer(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(Map.of("bootstrap.servers", bootstrapServers()));
    all.putAll(settings);
    return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Makes a consumer of committed bytes without a group; the settings given win. */
  public static Consumer<byte[], byte[]> consumer(Map<String, Object> settings) {
    Map<String, Object> all =
        new HashMap<>(
            Map.of(
                "bootstrap.servers", bootstrapServers(),
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false"));
    all.putAll(settings);
    return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Produces values without a key and returns when all are acknowledged. */
  public static void produce(String topic, byte[]... values) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (byte[] value : values) {
      records.add(new ProducerRecord<>(topic, value));
    }
    produce(records);
  }

  /** Produces records and returns when all are acknowledged. */
  public static void produce(Collection<ProducerRecord<byte[], byte[]>> records) {
    try (Producer<byte[], byte[]> producer = producer(Map.of())) {
      sendAll(producer, records);
    }
  }

  /** Produces records in one transaction, which is committed or aborted. */
  public static void produceInTransaction(
      Collection<ProducerRecord<byte[], byte[]>> records, boolean commit) {
    try (Producer<byte[], byte[]> producer = producer(Map.of("transactional.id", unique("test")))) {
      producer.initTransactions();
      producer.beginTransaction();
      sendAll(producer, records);
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  private static void sendAll(
      Producer<byte[], byte[]> producer, Collection<ProducerRecord<byte[], byte[]>> records) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (ProducerRecord<byte[], byte[]> record : records) {
      sent.add(producer.send(record));
    }
    producer.flush();
    sent.forEach(TestKafka::get);
  }

  /** Reads a topic until it has given at least {@code count} records. */
  public static List<ConsumerRecord<byte[], byte[]>> read(
      String topic, int count, Duration timeout) {
    return readUntil(topic, records -> records.size() >= count, timeout);
  }

  /**
   * Reads a topic until what was read satisfies the condition, and returns all of it.
   *
   * @throws AssertionError after the timeout, naming the topic and how much was read
   */
  public static List<ConsumerRecord<byte[], byte[]>> readUntil(
      String topic, Predicate<List<ConsumerRecord<byte[], byte[]>>> condition, Duration timeout) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long deadline = System.nanoTime() + timeout.toNanos();
    try (Consumer<byte[], byte[]> consumer = assigned(topic)) {
      while (!condition.test(records)) {
        if (System.nanoTime() - deadline > 0) {
          throw new AssertionError(
              topic
                  + " did not come to satisfy the condition within "
                  + timeout
                  + ": "
                  + records.size()
                  + " records were read");
        }
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  /** Reads everything that is committed in a topic now. */
  public static List<ConsumerRecord<byte[], byte[]>> readToEnd(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = assigned(topic)) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  private static Consumer<byte[], byte[]> assigned(String topic) {
    Consumer<byte[], byte[]> consumer = consumer(Map.of());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new AssertionError("the broker did not do it: " + e, e);
    }
  }

  /** Started on first use; lives as long as the JVM. */
  private static final class Started {
    static final String BOOTSTRAP_SERVERS = start();

    private static String start() {
      if (DockerClientFactory.instance().isDockerAvailable()) {
        KafkaContainer container = new KafkaContainer("apache/kafka:4.3.1");
        container.start();
        LOG.info(
            "integration tests run against a container at {}", container.getBootstrapServers());
        return container.getBootstrapServers();
      }
      try {
        LocalBroker broker = LocalBroker.temporary(0);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(broker), "stop-broker"));
        LOG.info(
            "no Docker: integration tests run against a broker in this JVM at {}",
            broker.bootstrapServers());
        return broker.bootstrapServers();
      } catch (IOException e) {
        throw new UncheckedIOException("no broker for the integration tests", e);
      }
    }

    private static void close(LocalBroker broker) {
      try {
        broker.close();
      } catch (IOException e) {
        throw new UncheckedIOException("the tests' broker did not stop", e);
      }
    }
  }
}
