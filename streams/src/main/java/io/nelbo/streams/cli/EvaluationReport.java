package io.nelbo.streams.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelbo.model.quality.Alarms;
import io.nelbo.model.quality.Evaluation;
import io.nelbo.model.quality.Protocol;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The lines of an evaluation, each as soon as it is known, and then the means. */
final class EvaluationReport {
  private static final String DETECTOR = "vae";

  private final PrintWriter out;
  private final boolean json;
  private final Map<Protocol, List<Evaluation>> all = new EnumMap<>(Protocol.class);

  EvaluationReport(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
    if (!json) {
      out.printf(
          "%-24s %-8s %4s %8s %9s  %-6s  %-6s  %-6s  %9s %6s %7s%n",
          "FILE",
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
    all.computeIfAbsent(result.protocol(), p -> new ArrayList<>()).add(result);
    out.println(json ? json(file, result).toString() : text(file, result));
    out.flush();
  }

  /** Prints the mean of each protocol. */
  void finish() {
    all.forEach(
        (protocol, results) -> {
          double auroc = mean(results, r -> r.ranking().auroc());
          double auprc = mean(results, r -> r.ranking().auprc());
          double precision = mean(results, r -> r.ranking().precisionAtAnomalies());
          double seconds = results.stream().mapToDouble(Evaluation::seconds).sum();
          if (json) {
            out.println(
                Json.object()
                    .put("mean", true)
                    .put("detector", DETECTOR)
                    .put("protocol", name(protocol))
                    .put("runs", results.size())
                    .put("auroc", auroc)
                    .put("auprc", auprc)
                    .put("precisionAtAnomalies", precision)
                    .put("seconds", rounded(seconds)));
          } else {
            out.printf(
                Locale.ROOT,
                "%-24s %-8s %4s %8s %9s  %.4f  %.4f  %.4f  %9s %6s %7.1f%n",
                "mean of " + results.size(),
                name(protocol),
                "",
                "",
                "",
                auroc,
                auprc,
                precision,
                "",
                "",
                seconds);
          }
        });
    out.flush();
  }

  private static double mean(List<Evaluation> results, ToDoubleFunction<Evaluation> of) {
    return results.stream().mapToDouble(of).average().orElse(Double.NaN);
  }

  private static ObjectNode json(String file, Evaluation result) {
    Alarms alerts = result.alerts();
    return Json.object()
        .put("file", file)
        .put("detector", DETECTOR)
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
        "%-24s %-8s %4d %8d %9d  %.4f  %.4f  %.4f  %9.3f %6.3f %7.1f",
        file,
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

  static String name(Protocol protocol) {
    return protocol.name().toLowerCase(Locale.ROOT);
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 1000) / 1000.0;
  }
}
