package io.nelbo.bench.stream;

import io.nelbo.bench.Report;
import io.nelbo.bench.Statistics;
import io.nelbo.bench.process.Jmx;
import io.nelbo.bench.process.ProcessStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what a model swap delays, and how soon and in how much memory a detector scores. */
@Command(
    name = "swap",
    mixinStandardHelpOptions = true,
    description =
        "The latency of scores at a fixed rate with a new model every 5 s and without, "
            + "interleaved; and nelbo detect: the time from its start to its first score that "
            + "a read-committed consumer has, and its resident memory after the load.")
public final class Swap implements Callable<Integer> {
  private static final double EVERY_SECONDS = 5;
  private static final double WARM_UP_SECONDS = 10;
  private static final int PARTITIONS = 4;
  private static final double SHARE = 0.999;

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "End with one JSON object.")
  private boolean json;

  @Option(names = "--rounds", defaultValue = "5", description = "Rounds (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--rate", defaultValue = "5000", description = "Records/s (${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "Seconds a run, after 10 to warm up (${DEFAULT-VALUE}).")
  private double seconds;

  private final List<Double> without = new ArrayList<>();
  private final List<Double> with = new ArrayList<>();
  private final List<Double> starts = new ArrayList<>();
  private final List<Double> memory = new ArrayList<>();
  private long swaps;

  @Override
  public Integer call() throws Exception {
    Report report = new Report(spec.commandLine().getOut(), json);
    try (Cluster cluster = Cluster.start()) {
      for (int round = 0; round < rounds; round++) {
        without.add(run(cluster, report, "swap-" + round + "-without", false));
        with.add(run(cluster, report, "swap-" + round + "-with", true));
      }
    }
    double calm = Statistics.median(without, Double::doubleValue);
    double swapped = Statistics.median(with, Double::doubleValue);
    double start = Statistics.median(starts, Double::doubleValue);
    double resident = Statistics.median(memory, Double::doubleValue);
    report.line(
        "p99.9 %.1f ms without, %.1f ms with a swap every %.0f s: %+.1f ms"
            .formatted(calm, swapped, EVERY_SECONDS, swapped - calm));
    report.line(
        "nelbo detect: first score after %.1f s, %.0f MiB resident".formatted(start, resident));
    report.put("p999Millis", calm);
    report.put("p999SwapMillis", swapped);
    report.put("delayMillis", swapped - calm);
    report.put("swaps", swaps);
    report.put("startSeconds", start);
    report.put("residentMebibytes", resident);
    report.end();
    return 0;
  }

  private double run(Cluster cluster, Report report, String id, boolean swapping)
      throws IOException, InterruptedException {
    String topic = id + "-input";
    cluster.createTopic(topic, PARTITIONS);
    cluster.createTopic(Variant.SCORES.output(id), PARTITIONS);
    cluster.publishModel(id, 1);
    cluster.fill(topic, PARTITIONS, PARTITIONS);
    String settings = cluster.settings(id, topic, 1) + " scores.enabled=true";
    long begun = System.nanoTime();
    try (NelboProcess detect = NelboProcess.start("detect", "", settings)) {
      awaitFirst(cluster, id);
      double start = (System.nanoTime() - begun) / 1e9;
      long from = System.nanoTime();
      Latencies latencies = new Latencies(from + (long) (WARM_UP_SECONDS * 1e9));
      load(cluster, id, topic, latencies, from, swapping);
      double resident = new ProcessStatus(detect.pid()).residentMebibytes();
      long inForce = swapping ? swaps(detect) : 0;
      starts.add(start);
      memory.add(resident);
      report.line(
          "%-16s p50 %.1f, p99 %.1f, p99.9 %.1f ms of %d scores, %d swaps; up in %.1f s, %.0f MiB"
              .formatted(
                  id,
                  latencies.millis(0.5),
                  latencies.millis(0.99),
                  latencies.millis(SHARE),
                  latencies.count(),
                  inForce,
                  start,
                  resident));
      swaps += inForce;
      return latencies.millis(SHARE);
    } finally {
      cluster.deleteTopics(cluster.topicsStartingWith(id));
    }
  }

  /** Asks the detector how many models came in force after the first; throws if too few did. */
  private long swaps(NelboProcess detect) throws IOException {
    try (Jmx jvm = Jmx.attach(detect.pid())) {
      long inForce = jvm.total("model-swaps-total") - 1;
      long least = Math.max(1, (long) ((WARM_UP_SECONDS + seconds) / EVERY_SECONDS) - 1);
      if (inForce < least) {
        throw new IOException(
            "%d models came in force, at least %d should have".formatted(inForce, least));
      }
      return inForce;
    }
  }

  private static void awaitFirst(Cluster cluster, String id) throws IOException {
    try (Outcome first =
        Outcome.of(cluster.bootstrapServers(), Variant.SCORES.output(id), PARTITIONS, null)) {
      first.await(1);
    }
  }

  private void load(
      Cluster cluster, String id, String topic, Latencies latencies, long from, boolean swapping)
      throws IOException, InterruptedException {
    try (Outcome outcome =
            Outcome.of(
                cluster.bootstrapServers(), Variant.SCORES.output(id), PARTITIONS, latencies);
        @Nullable ModelSwaps swaps = swapping ? new ModelSwaps(cluster, id, EVERY_SECONDS) : null) {
      long sent =
          new SteadyLoad(cluster, topic, PARTITIONS, rate).send(from, WARM_UP_SECONDS + seconds);
      outcome.await(sent + PARTITIONS);
      if (swaps != null) {
        swaps.requirePublished();
      }
    }
  }
}
