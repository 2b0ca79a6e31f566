package io.nelbo.bench.stream;

import io.nelbo.bench.VectorApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs one topology in a process of its own: first on a full topic, as fast as it goes, then, the
 * process warm, at a fixed rate.
 */
final class Run {
  private static final double MOST_WARM_UP_SECONDS = 5;
  private static final List<String> JVM =
      List.of("-Xms512m", "-Xmx512m", "-XX:+ExitOnOutOfMemoryError");

  /** More alerts than usual, since the detector's latency is that of its alerts. */
  private static final String STEADY = " alert.rate=0.01";

  private final Cluster cluster;
  private final String input;
  private final int partitions;
  private final long records;
  private final int rate;
  private final double seconds;
  private final @Nullable Path profiles;

  Run(
      Cluster cluster,
      String input,
      int partitions,
      long records,
      int rate,
      double seconds,
      @Nullable Path profiles) {
    this.cluster = cluster;
    this.input = input;
    this.partitions = partitions;
    this.records = records;
    this.rate = rate;
    this.seconds = seconds;
    this.profiles = profiles;
  }

  Round once(Variant variant, String id) throws IOException, InterruptedException {
    List<String> jvm = new ArrayList<>(JVM);
    if (profiles != null) {
      Path file = profiles.resolve(id + ".jfr").toAbsolutePath();
      jvm.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + file);
    }
    try (ChildProcess worker = worker(jvm)) {
      Round full = full(worker, variant, id + "-full");
      Latencies latencies = steady(worker, variant, id + "-steady");
      return new Round(
          full.recordsPerSecond(),
          full.threadMicros(),
          full.processMicros(),
          full.outcome(),
          latencies.millis(0.5),
          latencies.millis(0.99));
    }
  }

  static ChildProcess worker() throws IOException {
    return worker(JVM);
  }

  private static ChildProcess worker(List<String> jvm) throws IOException {
    List<String> all = new ArrayList<>(jvm);
    all.addAll(VectorApi.options());
    return ChildProcess.start("the worker", all, Worker.class.getName(), List.of());
  }

  private Round full(ChildProcess worker, Variant variant, String id)
      throws IOException, InterruptedException {
    prepare(variant, id);
    try (Outcome outcome =
        Outcome.of(cluster.bootstrapServers(), variant.output(id), partitions, null)) {
      worker.ask("start " + variant + " " + cluster.settings(id, input, 1));
      Mark warm = Mark.parse(worker.ask("until " + records / 2));
      Mark end = Mark.parse(worker.ask("until " + records));
      worker.ask("stop");
      double measured = end.records() - warm.records();
      return new Round(
          measured / (end.nanos() - warm.nanos()) * 1e9,
          (end.threadNanos() - warm.threadNanos()) / measured / 1e3,
          (end.processNanos() - warm.processNanos()) / measured / 1e3,
          outcome.count(),
          0,
          0);
    } finally {
      cluster.deleteTopics(cluster.topicsStartingWith(id));
    }
  }

  private Latencies steady(ChildProcess worker, Variant variant, String id)
      throws IOException, InterruptedException {
    String topic = id + "-input";
    cluster.createTopic(topic, partitions);
    prepare(variant, id);
    worker.ask("start " + variant + " " + cluster.settings(id, topic, 1) + STEADY);
    double warmUp = Math.min(seconds, MOST_WARM_UP_SECONDS);
    long from = System.nanoTime();
    Latencies latencies = new Latencies(from + (long) (warmUp * 1e9));
    try (Outcome outcome =
        Outcome.of(cluster.bootstrapServers(), variant.output(id), partitions, latencies)) {
      long sent = new SteadyLoad(cluster, topic, partitions, rate).send(from, warmUp + seconds);
      worker.ask("until " + sent);
      worker.ask("stop");
      if (outcome.count() == 0) {
        throw new IOException("nothing came out of " + variant.title());
      }
    } finally {
      cluster.deleteTopics(cluster.topicsStartingWith(id));
    }
    return latencies;
  }

  private void prepare(Variant variant, String id) throws InterruptedException {
    cluster.createTopic(variant.output(id), partitions);
    if (variant.isDetector()) {
      cluster.publishModel(id, 1);
    }
  }
}
