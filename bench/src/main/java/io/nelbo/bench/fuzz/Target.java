package io.nelbo.bench.fuzz;

import io.nelbo.bench.process.Jmx;
import io.nelbo.bench.process.Program;
import io.nelbo.bench.stream.Cluster;
import io.nelbo.streams.cli.Main;
import io.nelbo.streams.topics.TopicSetup;
import io.nelbo.streams.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A detector in a process of its own, with little heap, that is given bad records and bad models.
 * If a record made it take much memory, the process would end.
 */
final class Target implements AutoCloseable {
  static final int PARTITIONS = 4;

  static final String ID = "fuzz";
  private static final String INPUT = "fuzz-input";
  private static final List<String> JVM =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");

  private final Cluster cluster;
  private final Topics topics = Topics.of(ID);
  private final Producer<byte[], byte[]> producer;
  private final Program detector;
  private final Jmx jvm;
  private volatile @Nullable Exception refused;

  private Target(Cluster cluster, Producer<byte[], byte[]> producer, Program detector, Jmx jvm) {
    this.cluster = cluster;
    this.producer = producer;
    this.detector = detector;
    this.jvm = jvm;
  }

  /** Starts a detector with a model in force. */
  static Target start(Cluster cluster, Path directory, ProducerRecord<byte[], byte[]> model)
      throws IOException, InterruptedException {
    cluster.createTopic(INPUT, PARTITIONS);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      new TopicSetup(admin, Topics.of(ID), Duration.ofHours(24))
          .forDetector(INPUT, true, Duration.ofSeconds(30));
    }
    Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "linger.ms",
                5,
                "max.request.size",
                2 << 20),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    Path gadget = directory.resolve("gadget.avsc");
    Path nothings = directory.resolve("nothings.avsc");
    Files.writeString(gadget, Gadgets.SCHEMA.toString());
    Files.writeString(nothings, Gadgets.NOTHINGS.toString());
    String settings =
        String.join(
            " ",
            cluster.settings(ID, INPUT, 1),
            "value.schema=" + gadget + "," + nothings,
            "scores.enabled=true");
    List<String> arguments =
        Stream.concat(
                Stream.of("detect"),
                Arrays.stream(settings.split(" ", -1)).flatMap(setting -> Stream.of("-o", setting)))
            .toList();
    Program detector =
        Program.java(
                "the detector",
                directory.resolve("detector.log"),
                JVM,
                Main.class.getName(),
                arguments)
            .start();
    try {
      producer.send(model).get();
      detector.awaitLog(Pattern.compile("version 1 of .* is in force"), 120);
      return new Target(cluster, producer, detector, Jmx.attach(detector.pid()));
    } catch (ExecutionException e) {
      throw new IOException("the model was not taken", e);
    }
  }

  void send(int partition, byte @Nullable [] value) {
    send(new ProducerRecord<>(INPUT, partition, null, value));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback is told
  void send(ProducerRecord<byte[], byte[]> record) {
    producer.send(
        record,
        (metadata, e) -> {
          if (e != null) {
            refused = e;
          }
        });
  }

  /** Waits until the broker has all that was sent. */
  void flush() throws IOException {
    producer.flush();
    Exception e = refused;
    if (e != null) {
      throw new IOException("the broker refused a record: " + e.getMessage(), e);
    }
  }

  FuzzTally tally() {
    return new FuzzTally(cluster.bootstrapServers(), topics, PARTITIONS);
  }

  /** One of the detector's own counters. */
  long total(String counter) throws IOException {
    return jvm.total(counter);
  }

  void requireAlive() throws IOException {
    if (!detector.isAlive()) {
      throw new IOException(
          "the detector ended with " + detector.exitValue() + "; its log: " + detector.tail());
    }
  }

  long pid() {
    return detector.pid();
  }

  @Override
  public void close() throws IOException {
    jvm.close();
    detector.close();
    producer.close(Duration.ofSeconds(5));
  }
}
