package io.nelbo.streams.cli;

import io.nelbo.model.quality.Detector;
import io.nelbo.model.quality.Evaluation;
import io.nelbo.model.quality.Protocol;
import io.nelbo.model.quality.Ranking;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** Results as a plain table; at each further alert rate a run has one more line. */
final class EvaluationTable implements EvaluationLines {
  private static final String WHAT = "%-26s %-11s %-13s";
  private static final String DATA = " %4s %8s %9s";
  private static final String RANKING = "  %-6s  %-6s  %-6s";
  private static final String ALERTS = "  %7s %9s %6s %6s %8s";
  private static final String COST = " %8s %9s";

  @Override
  public String header() {
    return format(WHAT, "FILE", "DETECTOR", "PROTOCOL")
        + format(DATA, "SEED", "TESTED", "ANOMALIES")
        + format(RANKING, "AUROC", "AUPRC", "P@N")
        + format(ALERTS, "RATE", "PRECISION", "RECALL", "F1", "FALSE")
        + format(COST, "TRAIN s", "RECORDS/s");
  }

  @Override
  public String run(String set, Evaluation run) {
    Ranking ranking = run.ranking();
    return what(set, run.detector(), run.protocol())
        + format(DATA, run.seed(), ranking.records(), ranking.anomalies())
        + ranking(ranking.auroc(), ranking.auprc(), ranking.precisionAtAnomalies())
        + withCost(
            run.alerts().stream()
                .map(
                    at ->
                        alerts(
                            at.rate(),
                            at.alarms().precision(),
                            at.alarms().recall(),
                            at.alarms().f1(),
                            at.alarms().falseRate()))
                .toList(),
            run.trainSeconds(),
            run.recordsPerSecond());
  }

  @Override
  public String refused(EvaluationRun run, String reason) {
    return what(run.set(), run.detector(), run.protocol())
        + format(" %4s", run.seed())
        + "  refused: "
        + reason;
  }

  @Override
  public String mean(EvaluationMean mean) {
    return what("mean of " + mean.runs().size(), mean.detector(), mean.protocol())
        + format(DATA, "", "", "")
        + ranking(
            mean.of(run -> run.ranking().auroc()),
            mean.of(run -> run.ranking().auprc()),
            mean.of(run -> run.ranking().precisionAtAnomalies()))
        + withCost(
            mean.alerts().stream()
                .map(at -> alerts(at.rate(), at.precision(), at.recall(), at.f1(), at.falseRate()))
                .toList(),
            mean.trainSeconds(),
            mean.recordsPerSecond());
  }

  private static String what(String set, Detector detector, Protocol protocol) {
    return format(WHAT, set, EvaluationLines.name(detector), EvaluationLines.name(protocol));
  }

  private static String ranking(double auroc, double auprc, double precisionAtAnomalies) {
    return format(RANKING, fraction(auroc), fraction(auprc), fraction(precisionAtAnomalies));
  }

  private static String alerts(
      double rate, double precision, double recall, double f1, double falseRate) {
    return format(
        ALERTS,
        Percent.of(rate),
        fraction(precision),
        fraction(recall),
        fraction(f1),
        Percent.of(falseRate));
  }

  private static String withCost(
      List<String> alerts, double trainSeconds, double recordsPerSecond) {
    StringJoiner lines =
        new StringJoiner(
            System.lineSeparator()
                + format(WHAT, "", "", "")
                + format(DATA, "", "", "")
                + format(RANKING, "", "", ""));
    String cost =
        format(
            COST,
            String.format(Locale.ROOT, "%.1f", trainSeconds),
            String.format(Locale.ROOT, "%,.0f", recordsPerSecond));
    lines.add(alerts.get(0) + cost);
    alerts.subList(1, alerts.size()).forEach(lines::add);
    return lines.toString();
  }

  private static String fraction(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
