package io.nelbo.bench.stream;

import io.nelbo.bench.Report;
import io.nelbo.bench.Statistics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares the detector with what Kafka Streams does for a record anyway. */
@Command(
    name = "e2e",
    mixinStandardHelpOptions = true,
    description = {
      "Producer, topology and read-committed consumer on a real broker, exactly once: the bare"
          + " pass-through, the pass-through that decodes, the detector, and the detector that"
          + " writes the score of every record. Rounds are interleaved; ratios are medians over the"
          + " rounds."
    })
public final class EndToEnd implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "End with one JSON object.")
  private boolean json;

  @Option(names = "--rounds", defaultValue = "5", description = "Rounds (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--records",
      defaultValue = "1500000",
      description = "Records a run, the first half of them to warm up (${DEFAULT-VALUE}).")
  private long records;

  @Option(
      names = "--partitions",
      defaultValue = "4",
      description = "Partitions of each topic (${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--rate",
      defaultValue = "5000",
      description = "Records a second while latency is measured (${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--seconds",
      defaultValue = "12",
      description = "Seconds of it; as many again, at most 5, to warm up (${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--profile",
      paramLabel = "DIR",
      description = "Leave a flight recording of each run in this directory.")
  private @Nullable Path profiles;

  @Override
  public Integer call() throws Exception {
    Report report = new Report(spec.commandLine().getOut(), json);
    Map<Variant, List<Round>> runs = new EnumMap<>(Variant.class);
    try (Cluster cluster = Cluster.start()) {
      String input = "readings";
      cluster.createTopic(input, partitions);
      cluster.fill(input, partitions, records);
      report.line(
          "%d records of 30 fields on %d partitions; %d rounds"
              .formatted(records, partitions, rounds));
      if (profiles != null) {
        Files.createDirectories(profiles);
      }
      Run run = new Run(cluster, input, partitions, records, rate, seconds, profiles);
      for (int round = 0; round < rounds; round++) {
        for (Variant variant : Variant.values()) {
          Round result = run.once(variant, "e2e-" + round + "-" + variant.id());
          runs.computeIfAbsent(variant, v -> new ArrayList<>()).add(result);
          report.line(
              ("%d %-22s %7.0f records/s %6.2f us/record on the thread, %6.2f in the process;"
                      + " p50 %6.1f ms, p99 %6.1f ms; %d out")
                  .formatted(
                      round + 1,
                      variant.title(),
                      result.recordsPerSecond(),
                      result.threadMicros(),
                      result.processMicros(),
                      result.p50(),
                      result.p99(),
                      result.outcome()));
        }
      }
    }
    summarize(report, runs);
    report.end();
    return 0;
  }

  private void summarize(Report report, Map<Variant, List<Round>> runs) {
    report.line("");
    report.line(
        "%-22s %12s %10s %10s %8s %8s"
            .formatted("median", "records/s", "us thread", "us process", "p50", "p99"));
    runs.forEach(
        (variant, all) -> {
          report.line(
              "%-22s %12.0f %10.2f %10.2f %8.1f %8.1f"
                  .formatted(
                      variant.title(),
                      Statistics.median(all, Round::recordsPerSecond),
                      Statistics.median(all, Round::threadMicros),
                      Statistics.median(all, Round::processMicros),
                      Statistics.median(all, Round::p50),
                      Statistics.median(all, Round::p99)));
          report.put(
              variant.id(),
              Map.of(
                  "recordsPerSecond", Math.round(Statistics.median(all, Round::recordsPerSecond)),
                  "threadMicros", Report.rounded(Statistics.median(all, Round::threadMicros)),
                  "processMicros", Report.rounded(Statistics.median(all, Round::processMicros)),
                  "p50Millis", Report.rounded(Statistics.median(all, Round::p50)),
                  "p99Millis", Report.rounded(Statistics.median(all, Round::p99))));
        });
    for (Variant variant : List.of(Variant.DECODE, Variant.SCORES, Variant.DETECTOR)) {
      ratios(report, runs, variant);
    }
  }

  private static void ratios(Report report, Map<Variant, List<Round>> runs, Variant variant) {
    double records = ratio(runs, variant, Round::recordsPerSecond);
    double cpu = ratio(runs, variant, Round::threadMicros);
    double process = ratio(runs, variant, Round::processMicros);
    double p50 = ratio(runs, variant, Round::p50);
    double p99 = ratio(runs, variant, Round::p99);
    report.line(
        "%-22s / pass-through: records/s %.2f, thread CPU %.2f, process CPU %.2f, p50 %.2f, p99 %.2f"
            .formatted(variant.title(), records, cpu, process, p50, p99));
    String prefix = variant == Variant.DETECTOR ? "" : variant.id();
    report.put(named(prefix, "recordsRatio"), records);
    report.put(named(prefix, "cpuRatio"), cpu);
    report.put(named(prefix, "processCpuRatio"), process);
    report.put(named(prefix, "p50Ratio"), p50);
    report.put(named(prefix, "p99Ratio"), p99);
  }

  private static String named(String prefix, String field) {
    return prefix.isEmpty()
        ? field
        : prefix + Character.toUpperCase(field.charAt(0)) + field.substring(1);
  }

  /** The median, over the rounds, of the ratio to the pass-through of the same round. */
  private static double ratio(
      Map<Variant, List<Round>> runs, Variant variant, ToDoubleFunction<Round> of) {
    List<Round> of1 = Objects.requireNonNull(runs.get(variant));
    List<Round> base = Objects.requireNonNull(runs.get(Variant.PASS_THROUGH));
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < of1.size(); i++) {
      ratios.add(of.applyAsDouble(of1.get(i)) / of.applyAsDouble(base.get(i)));
    }
    return Statistics.median(ratios, Double::doubleValue);
  }
}
