package io.nelbo.streams.detector;

import io.nelbo.streams.input.Reason;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * The counters of a task, in Kafka Streams' own metrics, hence in JMX: {@code stream-nelbo-metrics}
 * with {@code nelbo-id} the task, {@code scored-total}, {@code scored-rate} and so on.
 */
final class DetectorMetrics {
  static final String GROUP = "stream-nelbo-metrics";
  static final String ALERTS = "alerts";
  static final String SAMPLED = "sampled";
  static final String DEAD_LETTERS = "dead-letters";

  private final StreamsMetrics metrics;
  private final String task;
  private final ScoredCount scored;
  private final Sensor alerts;
  private final Sensor sampled;
  private final Map<Reason, Sensor> deadLetters = new EnumMap<>(Reason.class);

  DetectorMetrics(ProcessingContext context) {
    metrics = context.metrics();
    task = context.taskId().toString();
    scored =
        new ScoredCount(
            metrics.addSensor("nelbo-" + task + "-scored", Sensor.RecordingLevel.INFO),
            GROUP,
            Map.of("thread-id", Thread.currentThread().getName(), "nelbo-id", task));
    alerts = sensor(ALERTS);
    sampled = sensor(SAMPLED);
    for (Reason reason : Reason.values()) {
      deadLetters.put(reason, sensor(nameOf(reason)));
    }
  }

  static String nameOf(Reason reason) {
    return DEAD_LETTERS + "-" + reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private Sensor sensor(String operation) {
    return metrics.addRateTotalSensor("nelbo", task, operation, Sensor.RecordingLevel.INFO);
  }

  void scored(long nowMs) {
    scored.increment(nowMs);
  }

  void alert() {
    alerts.record();
  }

  void sampled() {
    sampled.record();
  }

  void deadLetter(Reason reason) {
    Objects.requireNonNull(deadLetters.get(reason)).record();
  }

  void close() {
    Stream.concat(Stream.of(scored.sensor(), alerts, sampled), deadLetters.values().stream())
        .forEach(metrics::removeSensor);
  }
}
