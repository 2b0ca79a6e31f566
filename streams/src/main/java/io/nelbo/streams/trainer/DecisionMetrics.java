package io.nelbo.streams.trainer;

import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/** The counters of what is decided, beside those of {@link TrainerMetrics}. */
final class DecisionMetrics {
  static final String HELD = "models-held";
  static final String LOST = "calibrations-lost";
  static final String SKIPPED = "counts-skipped";

  private final StreamsMetrics metrics;
  private final Sensor held;
  private final Sensor lost;
  private final Sensor skipped;

  DecisionMetrics(ProcessingContext context) {
    metrics = context.metrics();
    String task = context.taskId().toString();
    held = metrics.addRateTotalSensor("nelbo", task, HELD, Sensor.RecordingLevel.INFO);
    lost = metrics.addRateTotalSensor("nelbo", task, LOST, Sensor.RecordingLevel.INFO);
    skipped = metrics.addRateTotalSensor("nelbo", task, SKIPPED, Sensor.RecordingLevel.INFO);
  }

  void held() {
    held.record();
  }

  void lost() {
    lost.record();
  }

  /** Counts a record of counts that could not be used. */
  void skipped() {
    skipped.record();
  }

  void close() {
    metrics.removeSensor(held);
    metrics.removeSensor(lost);
    metrics.removeSensor(skipped);
  }
}
