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
      long out = stop(worker, variant, records, outcome);
      double measured = end.records() - warm.records();
      return new Round(
          measured / (end.nanos() - warm.nanos()) * 1e9,
          (end.threadNanos() - warm.threadNanos()) / measured / 1e3,
          (end.processNanos() - warm.processNanos()) / measured / 1e3,
          out,
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
      stop(worker, variant, sent, outcome);
    } finally {
      cluster.deleteTopics(cluster.topicsStartingWith(id));
    }
    return latencies;
  }

  /**
   * Stops a topology that has processed so many records, waits until all it has to give for them is
   * there, and returns how much that is: a figure of records that were not scored, or a latency
   * without those that came last, would be too good.
   */
  private static long stop(ChildProcess worker, Variant variant, long processed, Outcome outcome)
      throws IOException {
    if (variant.isDetector()) {
      requireEqual(total(worker, "scored-total"), processed, "records were scored of");
    }
    long expected = variant == Variant.DETECTOR ? total(worker, "alerts-total") : processed;
    worker.ask("stop");
    long out = outcome.await(Math.max(1, expected));
    requireEqual(out, expected, "records came out instead of");
    return out;
  }

  private static long total(ChildProcess worker, String counter) throws IOException {
    return Long.parseLong(worker.ask("total " + counter));
  }

  private static void requireEqual(long found, long expected, String what) throws IOException {
    if (found != expected) {
      throw new IOException("%d %s %d".formatted(found, what, expected));
    }
  }

  private void prepare(Variant variant, String id) throws InterruptedException {
    cluster.createTopic(variant.output(id), partitions);
    if (variant.isDetector()) {
      cluster.publishModel(id, 1);
    }
  }
}
