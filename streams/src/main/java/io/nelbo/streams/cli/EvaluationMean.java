package io.nelbo.streams.cli;

import io.nelbo.model.quality.Alarms;
import io.nelbo.model.quality.Detector;
import io.nelbo.model.quality.Evaluation;
import io.nelbo.model.quality.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The runs of one detector under one protocol, over sets and seeds, each run of equal weight. */
record EvaluationMean(Detector detector, Protocol protocol, List<Evaluation> runs) {
  EvaluationMean {
    runs = List.copyOf(runs);
  }

  /** Groups runs, in the order in which the first of each group was made. */
  static List<EvaluationMean> of(List<Evaluation> runs) {
    record Group(Detector detector, Protocol protocol) {}
    Map<Group, List<Evaluation>> groups = new LinkedHashMap<>();
    for (Evaluation run : runs) {
      groups
          .computeIfAbsent(new Group(run.detector(), run.protocol()), group -> new ArrayList<>())
          .add(run);
    }
    List<EvaluationMean> means = new ArrayList<>();
    groups.forEach(
        (group, of) -> means.add(new EvaluationMean(group.detector(), group.protocol(), of)));
    return means;
  }

  /** Returns the mean of what is a number; NaN if nothing is. */
  double of(ToDoubleFunction<Evaluation> figure) {
    return mean(runs, figure);
  }

  List<AtRate> alerts() {
    return IntStream.range(0, runs.get(0).alerts().size())
        .mapToObj(i -> AtRate.of(runs.stream().map(run -> run.alerts().get(i)).toList()))
        .toList();
  }

  double trainSeconds() {
    return runs.stream().mapToDouble(Evaluation::trainSeconds).sum();
  }

  double recordsPerSecond() {
    double seconds = runs.stream().mapToDouble(Evaluation::scoreSeconds).sum();
    return runs.stream().mapToDouble(run -> run.ranking().records()).sum() / seconds;
  }

  private static <T> double mean(List<T> of, ToDoubleFunction<T> figure) {
    return of.stream()
        .mapToDouble(figure)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }

  /**
   * What was flagged at one rate.
   *
   * @param all the alarms of all runs, counted together
   */
  record AtRate(
      double rate, double precision, double recall, double f1, double falseRate, Alarms all) {
    private static AtRate of(List<Evaluation.AtRate> runs) {
      List<Alarms> alarms = runs.stream().map(Evaluation.AtRate::alarms).toList();
      return new AtRate(
          runs.get(0).rate(),
          mean(alarms, Alarms::precision),
          mean(alarms, Alarms::recall),
          mean(alarms, Alarms::f1),
          mean(alarms, Alarms::falseRate),
          alarms.stream().reduce(Alarms::plus).orElseThrow());
    }
  }
}
