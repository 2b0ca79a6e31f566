package io.nelbo.bench.micro;

import io.nelbo.bench.BenchModels;
import io.nelbo.bench.Report;
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

  @Override
  public Integer call() throws Exception {
    Report report = new Report(spec.commandLine().getOut(), json);
    List<Double> peaks = new ArrayList<>();
    boolean vectors = VectorApi.isPresent();
    if (vectors) {
      peaks.add(FmaPeak.gigaflops());
      double nanos = scores(report, "Vector API", VectorApi.options());
      peaks.add(FmaPeak.gigaflops());
      double plain = scores(report, "plain", List.of());
      peaks.add(FmaPeak.gigaflops());
      double peak = peaks.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
      report.line("FMA peak of a core: %.1f GFLOP/s".formatted(peak));
      report.put("peakGigaflops", peak);
      share(report, "peakShare", nanos, peak);
      share(report, "peakSharePlain", plain, peak);
    } else {
      report.line("this JDK has no jdk.incubator.vector: no FMA peak, no shares of it");
      scores(report, "plain", List.of());
    }
    if (!quick) {
      for (RunResult result : new Jmh(List.of()).run("ModelBenchmark")) {
        print(report, "plain", result);
        report.put(Jmh.method(result) + "Nanos", Jmh.nanos(result));
      }
    }
    report.end();
    return 0;
  }

  /** Prints all sizes, and returns the time of the one that shares are told of. */
  private double scores(Report report, String kind, List<String> jvm) throws Exception {
    Jmh jmh = new Jmh(jvm);
    Collection<RunResult> results =
        quick
            ? jmh.run(
                "KernelBenchmark.score$", "features", SHARE_FEATURES, "samples", SHARE_SAMPLES)
            : jmh.run("KernelBenchmark");
    double nanos = Double.NaN;
    for (RunResult result : results) {
      print(report, kind, result);
      if (Jmh.method(result).equals("score")
          && Jmh.parameter(result, "features").equals(SHARE_FEATURES)
          && Jmh.parameter(result, "samples").equals(SHARE_SAMPLES)) {
        nanos = Jmh.nanos(result);
        report.put(kind.equals("plain") ? "plainNanos" : "nanos", nanos);
        report.put(kind.equals("plain") ? "plainBytes" : "bytes", Jmh.bytes(result));
      }
    }
    return nanos;
  }

  private static void print(Report report, String kind, RunResult result) {
    report.line(
        "%-10s %-46s %12.1f ns %10.1f bytes"
            .formatted(kind, Jmh.name(result), Jmh.nanos(result), Jmh.bytes(result)));
  }

  private static void share(Report report, String field, double nanos, double peak) {
    Shape shape = Shape.of(BenchModels.continuous(Integer.parseInt(SHARE_FEATURES)));
    double share = Work.scoring(shape, Integer.parseInt(SHARE_SAMPLES)) / nanos / peak;
    report.line("%s: %.1f %%".formatted(field, 100 * share));
    report.put(field, share);
  }
}
