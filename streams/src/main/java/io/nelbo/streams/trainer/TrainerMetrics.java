package io.nelbo.streams.trainer;

import java.util.stream.Stream;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * The counters of the trainer, in Kafka Streams' own metrics, hence in JMX: {@code
 * stream-nelbo-metrics} with {@code nelbo-id} the task, {@code models-published-total} and so on.
 */
final class TrainerMetrics {
  static final String PUBLISHED = "models-published";
  static final String VETOED = "models-vetoed";
  static final String FAILED = "trainings-failed";
  static final String SKIPPED = "window-records-skipped";

  private final StreamsMetrics metrics;
  private final String task;
  private final Sensor published;
  private final Sensor vetoed;
  private final Sensor failed;
  private final Sensor skipped;

  TrainerMetrics(ProcessingContext context) {
    metrics = context.metrics();
    task = context.taskId().toString();
    published = sensor(PUBLISHED);
    vetoed = sensor(VETOED);
    failed = sensor(FAILED);
    skipped = sensor(SKIPPED);
  }

  private Sensor sensor(String operation) {
    return metrics.addRateTotalSensor("nelbo", task, operation, Sensor.RecordingLevel.INFO);
  }

  void published() {
    published.record();
  }

  void vetoed() {
    vetoed.record();
  }

  void failed() {
    failed.record();
  }

  /** Counts window records that were not kept, or could not be read for a training. */
  void skipped(int records) {
    for (int i = 0; i < records; i++) {
      skipped.record();
    }
  }

  void close() {
    Stream.of(published, vetoed, failed, skipped).forEach(metrics::removeSensor);
  }
}
