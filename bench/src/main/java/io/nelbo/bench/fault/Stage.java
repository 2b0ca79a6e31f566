package io.nelbo.bench.fault;

import io.nelbo.bench.process.Program;
import io.nelbo.bench.stream.Cluster;
import io.nelbo.streams.cli.Main;
import io.nelbo.streams.topics.TopicSetup;
import io.nelbo.streams.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;

/**
 * Where one scenario plays: an application of its own with its topics, processes, load and count.
 * Closing it ends everything that was started on it.
 */
final class Stage implements AutoCloseable {
  static final int PARTITIONS = 4;

  private static final List<String> JVM =
      List.of(
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-XX:+ExitOnOutOfMemoryError",
          "-Dai.djl.pytorch.num_threads=1",
          "-DDJL_OFFLINE=true",
          "-DOPT_OUT_TRACKING=true");

  /** For doubles that come after everything is there. */
  private static final long AFTERMATH_MS = 1_000;

  private final Cluster cluster;
  private final Nodes nodes;
  private final Path directory;
  private final String id;
  private final Topics topics;
  private final List<AutoCloseable> started = new ArrayList<>();
  private final AtomicInteger kills = new AtomicInteger();

  Stage(Cluster cluster, Nodes nodes, Path directory, String id)
      throws IOException, InterruptedException {
    this.cluster = cluster;
    this.nodes = nodes;
    this.directory = Files.createDirectories(directory);
    this.id = id;
    topics = Topics.of(id);
    cluster.createTopic(input(), PARTITIONS);
    try (Admin admin = admin()) {
      new TopicSetup(admin, topics, Duration.ofHours(24))
          .forDetector(input(), true, Duration.ofSeconds(30));
    }
  }

  Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
  }

  private String input() {
    return id + "-input";
  }

  Nodes nodes() {
    return nodes;
  }

  Topics topics() {
    return topics;
  }

  String bootstrapServers() {
    return cluster.bootstrapServers();
  }

  /** Where programs of a name keep their state, unless they are told otherwise. */
  Path state(String program) {
    return directory.resolve("state-" + program);
  }

  void deleteState(String program) throws IOException {
    if (Files.exists(state(program))) {
      try (Stream<Path> files = Files.walk(state(program))) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Gives the detectors something to score by. */
  void publishModel() throws InterruptedException {
    cluster.publishModel(id, 1);
  }

  /** A detector, not yet started. */
  Program detector(String name, String... settings) {
    return nelbo("detect", name, settings);
  }

  /** A trainer, not yet started. */
  Program trainer(String name, String... settings) {
    return nelbo("train", name, settings);
  }

  private Program nelbo(String command, String name, String... settings) {
    List<String> arguments = new ArrayList<>(List.of(command));
    String all = cluster.settings(id, input(), 1) + " scores.enabled=true alert.rate=0.01";
    for (String setting : all.split(" ", -1)) {
      arguments.addAll(List.of("-o", setting));
    }
    arguments.addAll(List.of("-o", "state.dir=" + state(name)));
    for (String setting : settings) {
      arguments.addAll(List.of("-o", setting));
    }
    return keep(
        Program.java(name, directory.resolve(name + ".log"), JVM, Main.class.getName(), arguments));
  }

  Feed feed(int rate) {
    return feed(rate, number -> System.currentTimeMillis());
  }

  Feed feed(int rate, LongUnaryOperator timestamps) {
    return keep(new Feed(cluster.bootstrapServers(), input(), PARTITIONS, rate, timestamps));
  }

  Tally tally() {
    return keep(new Tally(cluster.bootstrapServers(), input(), topics, PARTITIONS));
  }

  private synchronized <T extends AutoCloseable> T keep(T one) {
    started.add(one);
    return one;
  }

  /** Counts a process as killed. */
  void killed() {
    kills.incrementAndGet();
  }

  int kills() {
    return kills.get();
  }

  /** Waits until each of so many detectors has partitions. */
  void awaitDetectors(int count) throws InterruptedException {
    try (Admin admin = admin()) {
      while (working(admin) < count) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  private long working(Admin admin) throws InterruptedException {
    String group = id + ".detector";
    try {
      return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
          .flatMap(found -> found.members().stream())
          .map(MemberDescription::assignment)
          .filter(assignment -> !assignment.topicPartitions().isEmpty())
          .count();
    } catch (ExecutionException e) {
      return 0; // no such group yet
    }
  }

  /** Ends the load, waits until everything is there that should be, and counts. */
  Counted count(Feed feed, Tally tally) throws InterruptedException {
    long sent = feed.stop();
    long begun = System.nanoTime();
    while (tally.lost(sent) > 0 && System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(60)) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    TimeUnit.MILLISECONDS.sleep(AFTERMATH_MS);
    return new Counted(sent, tally.lost(sent), tally.doubled(), tally.deadLetters(), Map.of());
  }

  @Override
  public synchronized void close() {
    for (AutoCloseable one : started) {
      try {
        one.close();
      } catch (Exception e) {
        throw new IllegalStateException("something of " + id + " could not be ended", e);
      }
    }
    started.clear();
  }
}
