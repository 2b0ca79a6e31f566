package io.nelbo.bench.stream;

import io.nelbo.bench.Report;
import io.nelbo.bench.Statistics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how the detector's cost grows with threads, processes and partitions. */
@Command(
    name = "scale",
    mixinStandardHelpOptions = true,
    description =
        "Records/s and CPU per record of the detector: one thread and two, one process "
            + "and two, on 4, 16 and 64 partitions; rounds interleaved, medians.")
public final class Scale implements Callable<Integer> {
  private static final long POLL_NANOS = 5_000_000;
  private static final long STUCK_NANOS = 120_000_000_000L;

  /** What each process has worked off, as part of all, before anything is measured. */
  private static final int WARM_SHARE = 20;

  /** The least that each then does, as part of its fair share of what is measured. */
  private static final int LEAST_SHARE = 4;

  private static final List<Integer> PARTITIONS = List.of(4, 16, 64);

  /** Processes and threads of each. */
  private static final List<Layout> LAYOUTS =
      List.of(new Layout(1, 1), new Layout(1, 2), new Layout(2, 1));

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "End with one JSON object.")
  private boolean json;

  @Option(names = "--rounds", defaultValue = "5", description = "Rounds (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--records",
      defaultValue = "3000000",
      description =
          "Records a run, the first half of them to warm up, a quarter measured"
              + " (${DEFAULT-VALUE}).")
  private long records;

  private record Layout(int processes, int threads) {}

  private record Cell(Layout layout, int partitions) {}

  private record Result(double recordsPerSecond, double threadMicros, double processMicros) {}

  @Override
  public Integer call() throws Exception {
    Report report = new Report(spec.commandLine().getOut(), json);
    Map<Cell, List<Result>> results = new LinkedHashMap<>();
    try (Cluster cluster = Cluster.start()) {
      for (int partitions : PARTITIONS) {
        cluster.createTopic(input(partitions), partitions);
        cluster.fill(input(partitions), partitions, records);
      }
      for (int round = 0; round < rounds; round++) {
        for (int partitions : PARTITIONS) {
          for (Layout layout : LAYOUTS) {
            Cell cell = new Cell(layout, partitions);
            String id =
                "scale-%d-%d-%d-%d"
                    .formatted(round, partitions, layout.processes(), layout.threads());
            Result result = run(cluster, cell, id);
            results.computeIfAbsent(cell, c -> new ArrayList<>()).add(result);
            report.line(row(cell, result));
          }
        }
      }
    }
    summarize(report, results);
    report.end();
    return 0;
  }

  private static String input(int partitions) {
    return "readings-" + partitions;
  }

  private Result run(Cluster cluster, Cell cell, String id)
      throws IOException, InterruptedException {
    cluster.publishModel(id, 1);
    List<ChildProcess> workers = new ArrayList<>();
    try {
      for (int i = 0; i < cell.layout().processes(); i++) {
        workers.add(Run.worker());
      }
      for (int i = 0; i < workers.size(); i++) {
        workers
            .get(i)
            .order(
                "start DETECTOR "
                    + cluster.settings(id, input(cell.partitions()), cell.layout().threads())
                    + " client.id=worker-"
                    + i);
      }
      for (ChildProcess worker : workers) {
        worker.answer(ChildProcess.ANSWER);
      }
      List<Mark> warm = marks(workers, records / 2, records / WARM_SHARE);
      // Half of what is left: none has worked off its partitions by then.
      List<Mark> end = marks(workers, (Mark.sum(warm).records() + records) / 2, 0);
      for (int i = 0; i < workers.size(); i++) {
        requireShare(end.get(i).records() - warm.get(i).records(), warm, end);
      }
      return result(Mark.sum(warm), Mark.sum(end));
    } finally {
      workers.forEach(ChildProcess::close);
      cluster.deleteTopics(cluster.topicsStartingWith(id + "."));
    }
  }

  /** Waits until the workers have processed so many together, and each of them so many. */
  private static List<Mark> marks(List<ChildProcess> workers, long together, long each)
      throws IOException {
    long begun = System.nanoTime();
    while (true) {
      List<Mark> marks = new ArrayList<>();
      for (ChildProcess worker : workers) {
        marks.add(Mark.parse(worker.ask("until 0")));
      }
      if (Mark.sum(marks).records() >= together
          && marks.stream().allMatch(mark -> mark.records() >= each)) {
        return marks;
      }
      if (System.nanoTime() - begun > STUCK_NANOS) {
        throw new IOException("stuck at " + marks);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** A process that joined late, or not at all, would have cost next to nothing. */
  private static void requireShare(long processed, List<Mark> warm, List<Mark> end)
      throws IOException {
    long measured = Mark.sum(end).records() - Mark.sum(warm).records();
    if (processed * warm.size() * LEAST_SHARE < measured) {
      throw new IOException(
          "one of %d processes had %d of the %d records measured, too few to compare: raise --records"
              .formatted(warm.size(), processed, measured));
    }
  }

  private static Result result(Mark warm, Mark end) {
    double measured = end.records() - warm.records();
    return new Result(
        measured / (end.nanos() - warm.nanos()) * 1e9,
        (end.threadNanos() - warm.threadNanos()) / measured / 1e3,
        (end.processNanos() - warm.processNanos()) / measured / 1e3);
  }

  private static String row(Cell cell, Result result) {
    return "%2d partitions, %d process(es) of %d thread(s): %8.0f records/s, %6.2f us/record on threads, %6.2f in processes"
        .formatted(
            cell.partitions(),
            cell.layout().processes(),
            cell.layout().threads(),
            result.recordsPerSecond(),
            result.threadMicros(),
            result.processMicros());
  }

  private static void summarize(Report report, Map<Cell, List<Result>> results) {
    report.line("");
    List<Map<String, Object>> rows = new ArrayList<>();
    results.forEach(
        (cell, all) -> {
          Result median =
              new Result(
                  Statistics.median(all, Result::recordsPerSecond),
                  Statistics.median(all, Result::threadMicros),
                  Statistics.median(all, Result::processMicros));
          report.line(row(cell, median));
          rows.add(
              Map.of(
                  "partitions", cell.partitions(),
                  "processes", cell.layout().processes(),
                  "threads", cell.layout().threads(),
                  "recordsPerSecond", Math.round(median.recordsPerSecond()),
                  "threadMicros", Report.rounded(median.threadMicros()),
                  "processMicros", Report.rounded(median.processMicros())));
        });
    report.put("rows", rows);
  }
}
