package io.nelbo.bench.stream;

import io.nelbo.bench.Report;
import io.nelbo.bench.Statistics;
import io.nelbo.bench.process.ProcessStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what the live page costs the detector, with browsers that do not read among others. */
@Command(
    name = "page",
    mixinStandardHelpOptions = true,
    description =
        "Records/s, CPU per record and resident memory of the detector: not served over HTTP, served"
            + " with nobody there, and watched by browsers of which some have stopped to read;"
            + " rounds interleaved, ratios medians over the rounds.")
public final class Page implements Callable<Integer> {
  private static final String INPUT = "readings";

  /** More than any answer but a stream of events. */
  private static final double LEAST_KIBIBYTES = 4;

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
      description = "Partitions of the input (${DEFAULT-VALUE}).")
  private int partitions;

  @Option(names = "--watchers", defaultValue = "20", description = "Browsers (${DEFAULT-VALUE}).")
  private int watchers;

  @Option(
      names = "--stalled",
      defaultValue = "5",
      description = "How many of them have stopped to read (${DEFAULT-VALUE}).")
  private int stalled;

  private enum Setting {
    OFF,
    SERVED,
    WATCHED
  }

  private record Result(
      double recordsPerSecond, double processMicros, double mebibytes, double grownMebibytes) {}

  @Override
  public Integer call() throws Exception {
    Report report = new Report(spec.commandLine().getOut(), json);
    Map<Setting, List<Result>> results = new EnumMap<>(Setting.class);
    try (Cluster cluster = Cluster.start()) {
      cluster.createTopic(INPUT, partitions);
      cluster.fill(INPUT, partitions, records);
      for (int round = 0; round < rounds; round++) {
        for (Setting setting : Setting.values()) {
          Result result = run(report, cluster, setting, "page-" + round + "-" + setting);
          results.computeIfAbsent(setting, s -> new ArrayList<>()).add(result);
          report.line(row(setting, result));
        }
      }
    }
    report.line("");
    results.forEach((setting, all) -> report.line(row(setting, median(all))));
    for (Setting setting : List.of(Setting.SERVED, Setting.WATCHED)) {
      double ratio = ratio(results, setting, Result::recordsPerSecond);
      double cpu = ratio(results, setting, Result::processMicros);
      report.line("%s / OFF: records/s %.3f, process CPU %.3f".formatted(setting, ratio, cpu));
      report.put(setting == Setting.WATCHED ? "recordsRatio" : "servedRecordsRatio", ratio);
      report.put(setting == Setting.WATCHED ? "processCpuRatio" : "servedProcessCpuRatio", cpu);
    }
    report.put(
        "grownMebibytes",
        Statistics.median(
            Objects.requireNonNull(results.get(Setting.WATCHED)), Result::grownMebibytes));
    report.end();
    return 0;
  }

  private Result run(Report report, Cluster cluster, Setting setting, String id)
      throws IOException, InterruptedException {
    cluster.publishModel(id, 1);
    int port = freePort();
    String http = setting == Setting.OFF ? "" : " http.port=" + port;
    try (ChildProcess worker = Run.worker()) {
      ProcessStatus memory = new ProcessStatus(worker.pid());
      worker.ask("start DETECTOR " + cluster.settings(id, INPUT, 1) + http);
      int reading = setting == Setting.WATCHED ? watchers - stalled : 0;
      try (Watchers browsers =
          Watchers.open(port, reading, setting == Setting.WATCHED ? stalled : 0)) {
        Mark warm = Mark.parse(worker.ask("until " + records / 2));
        double before = memory.residentMebibytes();
        Mark end = Mark.parse(worker.ask("until " + records));
        double after = memory.residentMebibytes();
        if (setting == Setting.WATCHED) {
          report.line("  each browser read %.1f KiB or more".formatted(browsers.leastKibibytes()));
          if (browsers.leastKibibytes() < LEAST_KIBIBYTES) {
            throw new IOException("the page was not served: no browser read that much");
          }
        }
        double measured = end.records() - warm.records();
        return new Result(
            measured / (end.nanos() - warm.nanos()) * 1e9,
            (end.processNanos() - warm.processNanos()) / measured / 1e3,
            after,
            after - before);
      }
    } finally {
      cluster.deleteTopics(cluster.topicsStartingWith(id + "."));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  private static Result median(List<Result> all) {
    return new Result(
        Statistics.median(all, Result::recordsPerSecond),
        Statistics.median(all, Result::processMicros),
        Statistics.median(all, Result::mebibytes),
        Statistics.median(all, Result::grownMebibytes));
  }

  private static String row(Setting setting, Result result) {
    return "%-8s %8.0f records/s, %6.2f us/record in the process, %5.0f MiB resident, %+5.0f while measured"
        .formatted(
            setting,
            result.recordsPerSecond(),
            result.processMicros(),
            result.mebibytes(),
            result.grownMebibytes());
  }

  /** The median, over the rounds, of the ratio to the detector that is not served. */
  private static double ratio(
      Map<Setting, List<Result>> results, Setting setting, ToDoubleFunction<Result> of) {
    List<Result> measured = Objects.requireNonNull(results.get(setting));
    List<Result> base = Objects.requireNonNull(results.get(Setting.OFF));
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < measured.size(); i++) {
      ratios.add(of.applyAsDouble(measured.get(i)) / of.applyAsDouble(base.get(i)));
    }
    return Statistics.median(ratios, Double::doubleValue);
  }
}
