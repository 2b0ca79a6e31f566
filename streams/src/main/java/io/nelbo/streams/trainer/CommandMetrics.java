package io.nelbo.streams.trainer;

import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/** The counters of what people have had done, beside those of {@link TrainerMetrics}. */
final class CommandMetrics {
  static final String ROLLED_BACK = "models-rolled-back";

  private final StreamsMetrics metrics;
  private final Sensor rolledBack;

  CommandMetrics(ProcessingContext context) {
    metrics = context.metrics();
    rolledBack =
        metrics.addRateTotalSensor(
            "nelbo", context.taskId().toString(), ROLLED_BACK, Sensor.RecordingLevel.INFO);
  }

  void rolledBack() {
    rolledBack.record();
  }

  void close() {
    metrics.removeSensor(rolledBack);
  }
}
