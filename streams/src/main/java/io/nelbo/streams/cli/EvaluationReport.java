package io.nelbo.streams.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelbo.model.quality.Alarms;
import io.nelbo.model.quality.Detector;
import io.nelbo.model.quality.Evaluation;
import io.nelbo.model.quality.Protocol;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The lines of an evaluation, each as soon as it is known, and then the means. */
final class EvaluationReport {
  private final PrintWriter out;
  private final boolean json;
  private final List<Evaluation> all = new ArrayList<>();

  EvaluationReport(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
    if (!json) {
      out.printf(
          "%-24s %-11s %-8s %4s %8s %9s  %-6s  %-6s  %-6s  %9s %6s %7s%n",
          "FILE",
          "DETECTOR",
          "PROTOCOL",
          "SEED",
          "TESTED",
          "ANOMALIES",
          "AUROC",
          "AUPRC",
          "P@N",
          "PRECISION",
          "RECALL",
          "SECONDS");
      out.flush();
    }
  }

  void add(String file, Evaluation result) {
    all.add(result);
    out.println(json ? json(file, result).toString() : text(file, result));
    out.flush();
  }

  /** Prints the means of each detector under each protocol. */
  void finish() {
    for (Protocol protocol : Protocol.values()) {
      for (Detector detector : Detector.values()) {
        List<Evaluation> results =
            all.stream().filter(r -> r.protocol() == protocol && r.detector() == detector).toList();
        if (!results.isEmpty()) {
          out.println(json ? jsonMean(results).toString() : textMean(results));
        }
      }
    }
    out.flush();
  }

  private static ObjectNode jsonMean(List<Evaluation> results) {
    return Json.object()
        .put("mean", true)
        .put("detector", name(results.get(0).detector()))
        .put("protocol", name(results.get(0).protocol()))
        .put("runs", results.size())
        .put("auroc", mean(results, r -> r.ranking().auroc()))
        .put("auprc", mean(results, r -> r.ranking().auprc()))
        .put("precisionAtAnomalies", mean(results, r -> r.ranking().precisionAtAnomalies()))
        .put("seconds", rounded(seconds(results)));
  }

  private static String textMean(List<Evaluation> results) {
    return String.format(
        Locale.ROOT,
        "%-24s %-11s %-8s %4s %8s %9s  %.4f  %.4f  %.4f  %9s %6s %7.1f",
        "mean of " + results.size(),
        name(results.get(0).detector()),
        name(results.get(0).protocol()),
        "",
        "",
        "",
        mean(results, r -> r.ranking().auroc()),
        mean(results, r -> r.ranking().auprc()),
        mean(results, r -> r.ranking().precisionAtAnomalies()),
        "",
        "",
        seconds(results));
  }

  private static double seconds(List<Evaluation> results) {
    return results.stream().mapToDouble(Evaluation::seconds).sum();
  }

  private static double mean(List<Evaluation> results, ToDoubleFunction<Evaluation> of) {
    return results.stream().mapToDouble(of).average().orElse(Double.NaN);
  }

  private static ObjectNode json(String file, Evaluation result) {
    Alarms alerts = result.alerts();
    return Json.object()
        .put("file", file)
        .put("detector", name(result.detector()))
        .put("protocol", name(result.protocol()))
        .put("seed", result.seed())
        .put("features", result.features())
        .put("trained", result.trained())
        .put("tested", result.ranking().records())
        .put("anomalies", result.ranking().anomalies())
        .put("auroc", result.ranking().auroc())
        .put("auprc", result.ranking().auprc())
        .put("precisionAtAnomalies", result.ranking().precisionAtAnomalies())
        .put("alertRate", result.alertRate())
        .put("alerts", (long) alerts.flagged())
        .put("precision", alerts.flagged() == 0 ? null : alerts.precision())
        .put("recall", alerts.recall())
        .put("falseAlertRate", alerts.falseRate())
        .put("seconds", rounded(result.seconds()));
  }

  private static String text(String file, Evaluation result) {
    return String.format(
        Locale.ROOT,
        "%-24s %-11s %-8s %4d %8d %9d  %.4f  %.4f  %.4f  %9.3f %6.3f %7.1f",
        file,
        name(result.detector()),
        name(result.protocol()),
        result.seed(),
        result.ranking().records(),
        result.ranking().anomalies(),
        result.ranking().auroc(),
        result.ranking().auprc(),
        result.ranking().precisionAtAnomalies(),
        result.alerts().precision(),
        result.alerts().recall(),
        result.seconds());
  }

  static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 1000) / 1000.0;
  }
}
