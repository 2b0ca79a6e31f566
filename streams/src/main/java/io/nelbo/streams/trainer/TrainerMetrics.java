package io.nelbo.streams.trainer;

import io.nelbo.model.score.TrainingReport;
import io.nelbo.streams.metrics.Gauges;
import java.util.concurrent.atomic.DoubleAdder;
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
  static final String PROPOSED = "models-proposed";
  static final String VETOED = "models-vetoed";
  static final String FAILED = "trainings-failed";
  static final String SKIPPED = "window-records-skipped";

  private final StreamsMetrics metrics;
  private final String task;
  private final Sensor published;
  private final Sensor proposed;
  private final Sensor vetoed;
  private final Sensor failed;
  private final Sensor skipped;
  private final Gauges gauges;
  private volatile boolean training;
  private final DoubleAdder seconds = new DoubleAdder();
  private volatile double lastSeconds = Double.NaN;
  private volatile double lastElbo = Double.NaN;

  TrainerMetrics(ProcessingContext context, TrainerStatus status) {
    metrics = context.metrics();
    task = context.taskId().toString();
    published = sensor(PUBLISHED);
    proposed = sensor(PROPOSED);
    vetoed = sensor(VETOED);
    failed = sensor(FAILED);
    skipped = sensor(SKIPPED);
    gauges =
        Gauges.ofTask(metrics, task, "training")
            .add("window-records", "The records in the window", status::records)
            .add("training-running", "1 while a model is trained, else 0", () -> training ? 1 : 0)
            .add("training-seconds-total", "How long all trainings took", seconds::sum)
            .add("training-last-seconds", "How long the last training took", () -> lastSeconds)
            .add(
                "training-last-validation-elbo",
                "The validation ELBO of the model trained last, in nats",
                () -> lastElbo);
  }

  private Sensor sensor(String operation) {
    return metrics.addRateTotalSensor("nelbo", task, operation, Sensor.RecordingLevel.INFO);
  }

  void trainingBegins() {
    training = true;
  }

  void trainingEnds() {
    training = false;
  }

  /** Notes how a training went that made a model; only the stream thread does. */
  void trained(TrainingReport report) {
    lastSeconds = report.seconds();
    seconds.add(lastSeconds);
    lastElbo = report.validationElbo();
  }

  void published() {
    published.record();
  }

  void proposed() {
    proposed.record();
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
    gauges.close();
    Stream.of(published, proposed, vetoed, failed, skipped).forEach(metrics::removeSensor);
  }
}
