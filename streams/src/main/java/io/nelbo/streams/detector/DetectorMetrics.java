package io.nelbo.streams.detector;

import io.nelbo.schemas.Severity;
import io.nelbo.streams.input.Reason;
import io.nelbo.streams.live.ScoreRing;
import io.nelbo.streams.metrics.Gauges;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * The metrics of a task, in Kafka Streams' own registry, hence in JMX: {@code stream-nelbo-metrics}
 * with {@code nelbo-id} the task, {@code scored-total}, {@code scored-rate} and so on.
 */
final class DetectorMetrics {
  static final String GROUP = Gauges.GROUP;
  static final String ALERTS = "alerts";
  static final String SAMPLED = "sampled";
  static final String DEAD_LETTERS = "dead-letters";

  private final StreamsMetrics metrics;
  private final String task;
  private final ScoredCount scored;
  private final PValueHistogram pValues = new PValueHistogram();
  private final ScoreRing scores;
  private final Sensor alerts;
  private final Map<Severity, Sensor> alertsBySeverity = new EnumMap<>(Severity.class);
  private final Sensor sampled;
  private final Map<Reason, Sensor> deadLetters = new EnumMap<>(Reason.class);
  private final List<Gauges> gauges;
  private volatile double samplingProbability = Double.NaN;

  DetectorMetrics(ProcessingContext context, ScoreRing scores, WarmUp warmUp) {
    metrics = context.metrics();
    task = context.taskId().toString();
    this.scores = scores;
    scored =
        new ScoredCount(
            metrics.addSensor("nelbo-" + task + "-scored", Sensor.RecordingLevel.INFO),
            GROUP,
            Gauges.tagsOfTask(task));
    alerts = sensor(ALERTS);
    for (Severity severity : Severity.values()) {
      alertsBySeverity.put(severity, sensor(nameOf(severity)));
    }
    sampled = sensor(SAMPLED);
    for (Reason reason : Reason.values()) {
      deadLetters.put(reason, sensor(nameOf(reason)));
    }
    gauges = List.of(histogram(), quantiles(), sampling());
    Gauges.ofInstance(metrics, "instance", "warm-up")
        .add("warm-up-records", "The records before the first model", warmUp::records)
        .add("warm-up-needed", "The records that the first model takes", warmUp::needed);
  }

  static String nameOf(Severity severity) {
    return ALERTS + "-" + severity.name().toLowerCase(Locale.ROOT);
  }

  static String nameOf(Reason reason) {
    return DEAD_LETTERS + "-" + reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private Sensor sensor(String operation) {
    return metrics.addRateTotalSensor("nelbo", task, operation, Sensor.RecordingLevel.INFO);
  }

  private Gauges histogram() {
    Gauges histogram = Gauges.ofTask(metrics, task, "p-values");
    for (int i = 0; i < PValueHistogram.UPPER_EDGES.size(); i++) {
      int edge = i;
      String bound = PValueHistogram.edge(i);
      histogram.add(
          "p-value-le-" + bound + "-total",
          "The records scored with a p-value of at most " + bound,
          () -> pValues.atMost(edge));
    }
    return histogram.add("p-value-sum-total", "The sum of all p-values", pValues::sum);
  }

  private Gauges quantiles() {
    ScoreQuantiles quantiles = new ScoreQuantiles(scores);
    return Gauges.ofTask(metrics, task, "score-quantiles")
        .add("score-p50", "The median of the latest scores, in nats", () -> quantiles.at(0.5))
        .add("score-p90", "The 0.9 quantile of the latest scores", () -> quantiles.at(0.9))
        .add("score-p99", "The 0.99 quantile of the latest scores", () -> quantiles.at(0.99));
  }

  private Gauges sampling() {
    return Gauges.ofTask(metrics, task, "sampling")
        .add(
            "sampling-probability",
            "The probability at which a scored record goes to the window",
            () -> samplingProbability);
  }

  void scored(double score, double pValue, long nowMs) {
    scored.increment(nowMs);
    pValues.add(pValue);
    scores.add(score, pValue, nowMs);
  }

  void alert(Severity severity) {
    alerts.record();
    Objects.requireNonNull(alertsBySeverity.get(severity)).record();
  }

  void sampled() {
    sampled.record();
  }

  void samplingProbability(double probability) {
    samplingProbability = probability;
  }

  void deadLetter(Reason reason) {
    Objects.requireNonNull(deadLetters.get(reason)).record();
  }

  void close() {
    Stream.of(
            Stream.of(scored.sensor(), alerts, sampled),
            alertsBySeverity.values().stream(),
            deadLetters.values().stream())
        .flatMap(sensors -> sensors)
        .forEach(metrics::removeSensor);
    gauges.forEach(Gauges::close);
  }
}
