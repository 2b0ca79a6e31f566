package io.nelbo.bench.stream;

import io.nelbo.bench.BenchModels;
import io.nelbo.bench.Readings;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.score.TrainedModel;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.Model;
import io.nelbo.streams.models.ModelRecords;
import io.nelbo.streams.topics.TopicSetup;
import io.nelbo.streams.topics.Topics;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A broker in a process of its own, with what the topologies need there: topics, records, model.
 */
public final class Cluster implements AutoCloseable {
  public static final String MODEL = "vae";
  private static final int DISTINCT = 20_000;

  private final String bootstrapServers;
  private final Closeable broker;
  private final Admin admin;
  private final Producer<byte[], byte[]> producer;
  private final Path schema;
  private final Path state;
  private final byte[][] values;
  private final TrainedModel model;
  private @Nullable Future<?> last;

  private Cluster(String bootstrapServers, Closeable broker) throws IOException {
    this.bootstrapServers = bootstrapServers;
    this.broker = broker;
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "linger.ms",
                5,
                "acks",
                "all",
                // On a swamped machine a batch may time out, and the producer's own sorting out of
                // the sequence then takes a second for each of the next.
                "enable.idempotence",
                false),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    state = Files.createTempDirectory("nelbo-bench-state-");
    schema = Files.createTempFile("reading", ".avsc");
    Files.writeString(schema, Readings.SCHEMA.toString());
    values = new Readings(2).next(DISTINCT);
    model = BenchModels.model(Readings.features(), 2, new Readings(3).observations(DISTINCT));
  }

  public static Cluster start() throws IOException {
    BrokerProcess broker = BrokerProcess.start();
    return new Cluster(broker.bootstrapServers(), broker::close);
  }

  /** Uses brokers that someone else has started, and closes them at the end. */
  public static Cluster on(String bootstrapServers, Closeable brokers) throws IOException {
    return new Cluster(bootstrapServers, brokers);
  }

  /** Where the applications keep their state; deleted at the end. */
  public Path state() {
    return state;
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  /**
   * Sends the i-th record, the same for each topology.
   *
   * @param key what the key tells
   */
  void send(String topic, int partition, long key, long i) {
    byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(key).array();
    byte[] value = values[(int) (i % values.length)];
    last = producer.send(new ProducerRecord<>(topic, partition, bytes, value));
  }

  /** Waits until all that was sent is there. */
  void flush() throws InterruptedException {
    producer.flush();
    if (last != null) {
      get(last);
    }
  }

  /** What a worker is told: the settings of an application of its own. */
  public String settings(String applicationId, String input, int streamThreads) {
    return String.join(
        " ",
        "bootstrap.servers=" + bootstrapServers(),
        "application.id=" + applicationId,
        "input.topic=" + input,
        "value.schema=" + schema,
        "state.dir=" + state,
        "model.name=" + MODEL,
        "num.stream.threads=" + streamThreads);
  }

  public void createTopic(String topic, int partitions) throws InterruptedException {
    get(
        admin
            .createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())))
            .all()
            .toCompletionStage()
            .toCompletableFuture());
    while (!hasLeaders(topic)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Whether those that ask the broker now are told where to write. */
  private boolean hasLeaders(String topic) throws InterruptedException {
    try {
      return admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
          .flatMap(description -> description.partitions().stream())
          .allMatch(partition -> partition.leader() != null);
    } catch (ExecutionException e) {
      return false; // not known yet
    }
  }

  void deleteTopics(List<String> topics) throws InterruptedException {
    get(admin.deleteTopics(topics).all().toCompletionStage().toCompletableFuture());
  }

  public List<String> topicsStartingWith(String prefix) throws InterruptedException {
    return get(admin.listTopics().names().toCompletionStage().toCompletableFuture()).stream()
        .filter(name -> name.startsWith(prefix))
        .toList();
  }

  /** Fills a topic, evenly over its partitions. */
  void fill(String topic, int partitions, long records) throws InterruptedException {
    for (long i = 0; i < records; i++) {
      send(topic, (int) (i % partitions), i, i);
    }
    flush();
  }

  /** Makes the topics of a detector ready and publishes a model there. */
  public void publishModel(String applicationId, long version) throws InterruptedException {
    Topics topics = Topics.of(applicationId);
    new TopicSetup(admin, topics, Duration.ofHours(24)).forModels();
    ModelVersion published = BenchModels.version(version, model);
    get(
        producer.send(
            new ProducerRecord<>(
                topics.models(),
                MODEL.getBytes(StandardCharsets.UTF_8),
                AvroSerde.of(Model.class)
                    .serializer()
                    .serialize(topics.models(), ModelRecords.toAvro(published)))));
  }

  private static <T> T get(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker refused: " + e.getCause(), e);
    }
  }

  @Override
  public void close() throws IOException {
    producer.close(Duration.ofSeconds(5));
    admin.close(Duration.ofSeconds(5));
    broker.close();
    Files.delete(schema);
    try (Stream<Path> files = Files.walk(state)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
