package io.nelbo.bench.micro;

import io.nelbo.bench.BenchModels;
import io.nelbo.bench.Report;
import io.nelbo.bench.Statistics;
import io.nelbo.bench.VectorApi;
import io.nelbo.bench.Work;
import io.nelbo.model.vae.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what a score costs, and how near that is to what the core can do. */
@Command(
    name = "kernel",
    mixinStandardHelpOptions = true,
    description =
        "Time and bytes allocated of a score, with and without contributions, of a "
            + "p-value, of a model's load and swap; and the share of the core's measured FMA "
            + "peak, with the Vector API where this JDK has it and without.")
public final class Kernel implements Callable<Integer> {
  private static final String SHARE_FEATURES = "32";
  private static final String SHARE_SAMPLES = "2";

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "End with one JSON object.")
  private boolean json;

  @Option(
      names = "--quick",
      description = "Only what the shares of the peak need: 32 features, two samples.")
  private boolean quick;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Rounds, of whose shares the medians are told (${DEFAULT-VALUE}).")
  private int rounds;

  @Override
  public Integer call() throws Exception {
    Report report = new Report(spec.commandLine().getOut(), json);
    if (VectorApi.isPresent()) {
      shares(report);
    } else {
      report.line("this JDK has no jdk.incubator.vector: no FMA peak, no shares of it");
      plainOnly(report);
    }
    if (!quick) {
      if (VectorApi.isPresent()) {
        all(report, "Vector API", new Jmh(VectorApi.options()), "KernelBenchmark");
      }
      all(report, "plain", new Jmh(List.of()), "KernelBenchmark");
      for (RunResult result : all(report, "plain", new Jmh(List.of()), "ModelBenchmark")) {
        report.put(Jmh.method(result) + "Nanos", Jmh.nanos(result));
      }
    }
    report.end();
    return 0;
  }

  /**
   * The kernels in turn, between two looks at the peak, since a core's clock changes with what its
   * neighbours do. Of the two peaks the higher counts.
   */
  private void shares(Report report) throws Exception {
    Jmh vectorJmh = new Jmh(VectorApi.options());
    Jmh plainJmh = new Jmh(List.of());
    List<Timed> blocks = new ArrayList<>();
    List<Timed> alone = new ArrayList<>();
    List<Timed> plain = new ArrayList<>();
    List<Timed> plainAlone = new ArrayList<>();
    double peak = FmaPeak.gigaflops();
    for (int round = 0; round < rounds; round++) {
      RunResult inBlock = score(report, "Vector API", vectorJmh, "scoreInBlock");
      RunResult byVectors = score(report, "Vector API", vectorJmh, "score");
      double between = FmaPeak.gigaflops();
      RunResult byLoopsInBlock = score(report, "plain", plainJmh, "scoreInBlock");
      RunResult byLoops = score(report, "plain", plainJmh, "score");
      double after = FmaPeak.gigaflops();
      blocks.add(new Timed(inBlock, Math.max(peak, between)));
      alone.add(new Timed(byVectors, Math.max(peak, between)));
      plain.add(new Timed(byLoopsInBlock, Math.max(between, after)));
      plainAlone.add(new Timed(byLoops, Math.max(between, after)));
      peak = after;
    }
    put(report, blocks, "nanos", "bytes", "peakShare");
    put(report, alone, "aloneNanos", "aloneBytes", "peakShareAlone");
    put(report, plain, "plainNanos", "plainBytes", "peakSharePlain");
    put(report, plainAlone, "plainAloneNanos", "plainAloneBytes", "peakSharePlainAlone");
    double peaks = Statistics.median(blocks, Timed::peak);
    report.line("FMA peak of a core: %.1f GFLOP/s".formatted(peaks));
    report.put("peakGigaflops", peaks);
  }

  /** The times of the plain kernels, where nothing tells what the core could do. */
  private void plainOnly(Report report) throws Exception {
    Jmh jmh = new Jmh(List.of());
    List<RunResult> blocks = new ArrayList<>();
    List<RunResult> alone = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      blocks.add(score(report, "plain", jmh, "scoreInBlock"));
      alone.add(score(report, "plain", jmh, "score"));
    }
    put(report, blocks, "plainNanos", "plainBytes");
    put(report, alone, "plainAloneNanos", "plainAloneBytes");
  }

  /**
   * A score's time and the peak, in GFLOP/s, that it is held against: each by its fastest moment,
   * since the peak is that of a core which nobody disturbs.
   */
  private record Timed(RunResult result, double peak) {
    double share() {
      Shape shape = Shape.of(BenchModels.continuous(Integer.parseInt(SHARE_FEATURES)));
      return Work.scoring(shape, Integer.parseInt(SHARE_SAMPLES)) / Jmh.leastNanos(result) / peak;
    }
  }

  private static RunResult score(Report report, String kind, Jmh jmh, String benchmark)
      throws Exception {
    return all(
            report,
            kind,
            jmh,
            "KernelBenchmark." + benchmark + "$",
            "features",
            SHARE_FEATURES,
            "samples",
            SHARE_SAMPLES)
        .iterator()
        .next();
  }

  private static void put(
      Report report, List<Timed> rounds, String nanos, String bytes, String share) {
    put(report, rounds.stream().map(Timed::result).toList(), nanos, bytes);
    report.put(share, Statistics.median(rounds, Timed::share));
    report.line("%s: %.1f %%".formatted(share, 100 * Statistics.median(rounds, Timed::share)));
  }

  private static void put(Report report, List<RunResult> rounds, String nanos, String bytes) {
    report.put(nanos, Statistics.median(rounds, Jmh::nanos));
    report.put(bytes, Statistics.median(rounds, Jmh::bytes));
  }

  private static Collection<RunResult> all(
      Report report, String kind, Jmh jmh, String benchmark, String... parameters)
      throws Exception {
    Collection<RunResult> results = jmh.run(benchmark, parameters);
    results.forEach(result -> print(report, kind, result));
    return results;
  }

  private static void print(Report report, String kind, RunResult result) {
    report.line(
        "%-10s %-46s %12.1f ns %10.1f bytes"
            .formatted(kind, Jmh.name(result), Jmh.nanos(result), Jmh.bytes(result)));
  }
}
