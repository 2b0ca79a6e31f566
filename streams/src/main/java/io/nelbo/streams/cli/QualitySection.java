package io.nelbo.streams.cli;

import io.nelbo.model.quality.Detector;
import io.nelbo.model.quality.Evaluation;
import io.nelbo.model.quality.Protocol;
import io.nelbo.model.quality.Ranking;
import io.nelbo.model.quality.Retraining;
import io.nelbo.model.quality.StreamInterval;
import io.nelbo.streams.cli.EvaluationReport.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The results of an evaluation in Markdown: set by set, the best in bold and the first detector's
 * wins and losses in words, and then the means.
 */
final class QualitySection {
  /** How far behind the best, in AUROC, a detector is named. */
  private static final double FAR = 0.04;

  private final List<Result> results;
  private final List<EvaluationMean> means;
  private final StringBuilder text = new StringBuilder();

  QualitySection(EvaluationReport report) {
    results = report.results();
    means = report.means();
  }

  /** Returns the section's body, beginning with how it came about. */
  String body(String provenance, String command) {
    text.append(provenance).append("\n\n    ").append(command).append("\n");
    distinct(results.stream().map(result -> result.run().protocol())).forEach(this::setBySet);
    addMeans();
    addAlerts();
    return text.toString();
  }

  private void setBySet(Protocol protocol) {
    List<String> sets =
        distinct(results.stream().filter(r -> r.run().protocol() == protocol).map(Result::set));
    List<Detector> detectors =
        distinct(
            means.stream().filter(m -> m.protocol() == protocol).map(EvaluationMean::detector));
    if (sets.size() < 2) {
      return;
    }
    addSets("AUROC", protocol, sets, detectors, Ranking::auroc);
    addWinsAndLosses(protocol, sets, detectors);
    addSets("AUPRC", protocol, sets, detectors, Ranking::auprc);
  }

  private void addSets(
      String measure,
      Protocol protocol,
      List<String> sets,
      List<Detector> detectors,
      ToDoubleFunction<Ranking> of) {
    row(
        Stream.concat(
            Stream.of(measure + ", " + EvaluationLines.name(protocol)),
            detectors.stream().map(EvaluationLines::name)),
        true);
    for (String set : sets) {
      double best = best(protocol, set, detectors, of);
      row(
          Stream.concat(
              Stream.of(set),
              detectors.stream()
                  .map(detector -> figure(protocol, set, detector, of))
                  .map(value -> value == best ? "**" + fraction(value) + "**" : fraction(value))),
          false);
    }
    row(
        Stream.concat(
            Stream.of("mean"),
            means.stream()
                .filter(mean -> mean.protocol() == protocol)
                .map(mean -> fraction(mean.of(run -> of.applyAsDouble(run.ranking()))))),
        false);
  }

  private void addWinsAndLosses(Protocol protocol, List<String> sets, List<Detector> detectors) {
    if (detectors.size() < 2) {
      return;
    }
    Detector first = detectors.get(0);
    long wins = 0;
    List<String> losses = new ArrayList<>();
    for (String set : sets) {
      double own = figure(protocol, set, first, Ranking::auroc);
      Detector best =
          detectors.stream()
              .max(Comparator.comparingDouble(d -> order(figure(protocol, set, d, Ranking::auroc))))
              .orElseThrow();
      double behind = figure(protocol, set, best, Ranking::auroc) - own;
      wins += behind <= 0 ? 1 : 0;
      if (behind > FAR) {
        losses.add("%s (by %.1f, to %s)".formatted(set, 100 * behind, EvaluationLines.name(best)));
      }
    }
    text.append(
        "\n%s is first on %d of %d sets; more than %.0f points of AUROC behind the best on %s.\n"
            .formatted(
                EvaluationLines.name(first),
                wins,
                sets.size(),
                100 * FAR,
                losses.isEmpty() ? "none" : String.join(", ", losses)));
  }

  private void addMeans() {
    row(
        Stream.of(
            "means", "runs", "AUROC", "AUPRC", "P@N", "training, s a run", "scored records/s"),
        true);
    for (EvaluationMean mean : means) {
      row(
          Stream.of(
              name(mean),
              String.valueOf(mean.runs().size()),
              fraction(mean.of(run -> run.ranking().auroc())),
              fraction(mean.of(run -> run.ranking().auprc())),
              fraction(mean.of(run -> run.ranking().precisionAtAnomalies())),
              String.format(Locale.ROOT, "%.1f", mean.of(Evaluation::trainSeconds)),
              String.format(Locale.ROOT, "%,.0f", mean.recordsPerSecond())),
          false);
    }
  }

  private void addAlerts() {
    row(
        Stream.of(
            "alerts",
            "asked",
            "false alerts",
            "precision",
            "recall",
            "F1",
            "F1 of all records together"),
        true);
    for (EvaluationMean mean : means) {
      for (EvaluationMean.AtRate at : mean.alerts()) {
        row(
            Stream.of(
                name(mean),
                Percent.of(at.rate()),
                Percent.of(at.falseRate()),
                fraction(at.precision()),
                fraction(at.recall()),
                fraction(at.f1()),
                fraction(at.all().f1())),
            false);
      }
    }
    means.stream()
        .filter(mean -> mean.protocol().retraining() != null)
        .filter(mean -> mean.protocol().retraining() != Retraining.NEVER)
        .forEach(
            mean ->
                text.append(
                    "\n%s: replaced %.0f times, vetoed %.0f times.\n"
                        .formatted(
                            name(mean),
                            mean.of(run -> run.retrainings(StreamInterval.Outcome.REPLACED)),
                            mean.of(run -> run.retrainings(StreamInterval.Outcome.VETOED)))));
  }

  private void row(Stream<String> cells, boolean isHead) {
    List<String> list = cells.toList();
    text.append(isHead ? "\n| " : "| ").append(String.join(" | ", list)).append(" |\n");
    if (isHead) {
      text.append("|---|").append("---:|".repeat(list.size() - 1)).append("\n");
    }
  }

  /** The mean over seeds; NaN where every run was refused. */
  private double figure(
      Protocol protocol, String set, Detector detector, ToDoubleFunction<Ranking> of) {
    return results.stream()
        .filter(result -> result.set().equals(set))
        .map(Result::run)
        .filter(run -> run.protocol() == protocol && run.detector() == detector)
        .mapToDouble(run -> of.applyAsDouble(run.ranking()))
        .average()
        .orElse(Double.NaN);
  }

  private double best(
      Protocol protocol, String set, List<Detector> detectors, ToDoubleFunction<Ranking> of) {
    return detectors.stream()
        .mapToDouble(detector -> order(figure(protocol, set, detector, of)))
        .max()
        .orElse(Double.NaN);
  }

  private static double order(double figure) {
    return Double.isNaN(figure) ? Double.NEGATIVE_INFINITY : figure;
  }

  private static String name(EvaluationMean mean) {
    return EvaluationLines.name(mean.detector()) + ", " + EvaluationLines.name(mean.protocol());
  }

  private static String fraction(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.4f", value);
  }

  private static <T> List<T> distinct(Stream<T> values) {
    return values.distinct().collect(Collectors.toList());
  }
}
