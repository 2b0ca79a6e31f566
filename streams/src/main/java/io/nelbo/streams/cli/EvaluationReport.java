package io.nelbo.streams.cli;

import io.nelbo.model.quality.Evaluation;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** The results of an evaluation: each printed as soon as it is known, the means at the end. */
final class EvaluationReport {
  /** A run and the name of the set it was made on. */
  record Result(String set, Evaluation run) {}

  private final PrintWriter out;
  private final EvaluationLines lines;
  private final List<Result> results = new ArrayList<>();
  private int refused;

  EvaluationReport(PrintWriter out, EvaluationLines lines) {
    this.out = out;
    this.lines = lines;
    if (!lines.header().isEmpty()) {
      print(lines.header());
    }
  }

  void add(String set, Evaluation run) {
    results.add(new Result(set, run));
    print(lines.run(set, run));
  }

  void refuse(EvaluationRun run, String reason) {
    refused++;
    print(lines.refused(run, reason));
  }

  /** Prints the means of each detector under each protocol. */
  void finish() {
    means().forEach(mean -> print(lines.mean(mean)));
  }

  List<EvaluationMean> means() {
    return EvaluationMean.of(results.stream().map(Result::run).toList());
  }

  List<Result> results() {
    return results;
  }

  int refused() {
    return refused;
  }

  private void print(String line) {
    out.println(line);
    out.flush();
  }
}
