package io.nelbo.bench.soak;

import io.nelbo.bench.Report;
import io.nelbo.bench.Statistics;
import io.nelbo.bench.process.Jmx;
import io.nelbo.bench.process.ProcessStatus;
import io.nelbo.bench.stream.Cluster;
import io.nelbo.bench.stream.NelboProcess;
import io.nelbo.bench.stream.Outcome;
import io.nelbo.bench.stream.SteadyLoad;
import io.nelbo.streams.topics.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs {@code nelbo run} for long under a steady load and looks whether it stays what it is. */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    description =
        "Scores at a steady rate and retrains again and again: resident memory, heap, threads, open"
            + " files, disk and latency must stay what they are.")
public final class Soak implements Callable<Integer> {
  private static final String ID = "soak";
  private static final String INPUT = "soak-input";
  private static final int PARTITIONS = 4;
  private static final int SAMPLE_SECONDS = 10;
  private static final int TELL_EVERY = 6;
  private static final int SLOTS_A_WINDOW = 60;

  /** How many times longer than asked it may take from one model to the next, on the average. */
  private static final int SLOWEST_RETRAINING = 3;

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(180);

  /** All of the heap is there from the beginning: what grows then is not the heap. */
  private static final String JVM = "-Xms512m -Xmx512m -XX:+AlwaysPreTouch";

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "End with one JSON object.")
  private boolean json;

  @Option(names = "--minutes", defaultValue = "60", description = "Minutes (${DEFAULT-VALUE}).")
  private double minutes;

  @Option(names = "--rate", defaultValue = "2000", description = "Records/s (${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--retrain-every",
      paramLabel = "S",
      defaultValue = "40",
      description =
          "Seconds after which a model is retrained at the next decision (${DEFAULT-VALUE}).")
  private int retrainEvery;

  private final List<Vitals> vitals = new ArrayList<>();
  private final StolenTime stolen = new StolenTime();
  private long models;

  @Override
  public Integer call() throws Exception {
    Report report = new Report(spec.commandLine().getOut(), json);
    double seconds = 60 * minutes;
    try (Cluster cluster = Cluster.start()) {
      cluster.createTopic(INPUT, PARTITIONS);
      String scores = Topics.of(ID).scores();
      cluster.createTopic(scores, PARTITIONS);
      try (NelboProcess nelbo = NelboProcess.start("run", JVM, settings(cluster));
          Jmx jvm = attach(cluster, nelbo)) {
        awaitFirstModel(cluster, jvm);
        long begun = System.nanoTime();
        LatencyWindows latencies =
            new LatencyWindows(begun, seconds, Steadiness.WINDOWS, SLOTS_A_WINDOW);
        CompletableFuture<Long> load = load(cluster, begun, seconds);
        Outcome outcome = Outcome.of(cluster.bootstrapServers(), scores, PARTITIONS, latencies);
        try (outcome) {
          watch(report, nelbo, jvm, cluster.state(), begun, load);
          models = jvm.total("models-published-total");
          await(latencies, load.join());
        }
        return end(report, seconds, latencies, load.join());
      }
    }
  }

  private String settings(Cluster cluster) {
    // The window is full, and its oldest segments go, well before the first of six windows is over.
    long window = Math.max(60, Math.round(5 * minutes));
    return String.join(
        " ",
        cluster.settings(ID, INPUT, 1),
        "scores.enabled=true",
        "window.duration=" + window + "s",
        "window.max.records=20000",
        "retrain.interval=" + retrainEvery + "s",
        "retrain.max.age=" + retrainEvery + "s");
  }

  /** A JVM that has only begun would take it amiss: waits until it has made its topics. */
  private static Jmx attach(Cluster cluster, NelboProcess nelbo)
      throws IOException, InterruptedException {
    while (cluster.topicsStartingWith(Topics.of(ID).alerts()).isEmpty()) {
      if (!nelbo.isAlive()) {
        throw new IOException("nelbo run did not start; its log is above");
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return Jmx.attach(nelbo.pid());
  }

  private void awaitFirstModel(Cluster cluster, Jmx jvm) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    while (jvm.total("models-published-total") == 0) {
      if (System.nanoTime() - begun > PATIENCE_NANOS) {
        throw new IOException("no model was trained");
      }
      new SteadyLoad(cluster, INPUT, PARTITIONS, rate).send(System.nanoTime(), 1);
    }
  }

  private CompletableFuture<Long> load(Cluster cluster, long begun, double seconds) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return new SteadyLoad(cluster, INPUT, PARTITIONS, rate).send(begun, seconds);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
          }
        });
  }

  private void watch(
      Report report,
      NelboProcess nelbo,
      Jmx jvm,
      Path state,
      long begun,
      CompletableFuture<Long> load)
      throws IOException, InterruptedException {
    ProcessStatus status = new ProcessStatus(nelbo.pid());
    while (!load.isDone()) {
      double now = (System.nanoTime() - begun) / 1e9;
      Vitals taken = Vitals.take(now, status, jvm, state, engineCache());
      if (vitals.size() % TELL_EVERY == 0) {
        report.line(taken.toString());
      }
      vitals.add(taken);
      stolen.look(now);
      TimeUnit.SECONDS.sleep(SAMPLE_SECONDS);
      if (!nelbo.isAlive()) {
        throw new IOException("nelbo run ended; its log is above");
      }
    }
  }

  private static Path engineCache() {
    String set = System.getenv("DJL_CACHE_DIR");
    return set == null ? Path.of(System.getProperty("user.home"), ".djl.ai") : Path.of(set);
  }

  private static void await(LatencyWindows latencies, long sent) throws InterruptedException {
    long begun = System.nanoTime();
    while (latencies.count() < sent && System.nanoTime() - begun < PATIENCE_NANOS) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private int end(Report report, double seconds, LatencyWindows latencies, long sent)
      throws IOException {
    long scored = latencies.count();
    List<Double> p50 = latencies.millis(0.5);
    List<Double> p99 = latencies.millis(0.99);
    List<Double> undisturbed = latencies.undisturbedMillis(0.99, stolen);
    List<Double> shares = latencies.undisturbedShare(stolen);
    Steadiness steadiness = Steadiness.of(vitals, seconds, undisturbed);
    for (int i = 0; i < Steadiness.WINDOWS; i++) {
      report.line(
          "window %d: p50 %.0f ms, p99 %.0f ms; %.0f ms in the %.0f %% that the host left alone"
              .formatted(i + 1, p50.get(i), p99.get(i), undisturbed.get(i), 100 * shares.get(i)));
    }
    List<String> faults = new ArrayList<>(steadiness.faults());
    if (scored != sent) {
      faults.add("%d scores of %d records".formatted(scored, sent));
    }
    long least = (long) (seconds / retrainEvery / SLOWEST_RETRAINING);
    if (models < least) {
      faults.add("%d models were published, at least %d should have been".formatted(models, least));
    }
    faults.forEach(report::line);
    Vitals last = vitals.get(vitals.size() - 1);
    report.put("minutes", minutes);
    report.put("sent", sent);
    report.put("scored", scored);
    report.put("models", models);
    report.put("residentMebibytes", Statistics.median(vitals, Vitals::residentMebibytes));
    report.put("residentDeviation", steadiness.residentDeviation());
    report.put("nativeMebibytes", last.nativeMebibytes());
    report.put("liveMebibytes", last.liveMebibytes());
    report.put("threads", last.threads());
    report.put("threadGrowth", steadiness.threadGrowth());
    report.put("files", last.files());
    report.put("fileGrowth", steadiness.fileGrowth());
    report.put("stateMebibytes", last.stateMebibytes());
    report.put("cacheMebibytes", last.cacheMebibytes());
    report.put("p50Millis", p50.stream().map(Report::rounded).toList());
    report.put("p99Millis", p99.stream().map(Report::rounded).toList());
    report.put("undisturbedShare", shares.stream().map(Report::rounded).toList());
    report.put("undisturbedP99Millis", undisturbed.stream().map(Report::rounded).toList());
    report.put("undisturbedP99Ratio", steadiness.p99Ratio());
    report.put("p99Ratio", p99.get(Steadiness.WINDOWS - 1) / p99.get(1));
    report.put("faults", faults);
    report.end();
    return faults.isEmpty() ? 0 : 1;
  }
}
