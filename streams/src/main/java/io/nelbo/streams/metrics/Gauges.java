package io.nelbo.streams.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.MeasurableStat;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.StreamsMetrics;

/**
 * Gauges of one owner, such as a task, in {@code stream-nelbo-metrics}. Each is read from its
 * supplier, by whatever thread asks; nothing is recorded. Adding a gauge that is there already
 * changes nothing.
 */
public final class Gauges {
  public static final String GROUP = "stream-nelbo-metrics";

  private final StreamsMetrics metrics;
  private final Sensor sensor;
  private final Map<String, String> tags;

  private Gauges(StreamsMetrics metrics, Sensor sensor, Map<String, String> tags) {
    this.metrics = metrics;
    this.sensor = sensor;
    this.tags = tags;
  }

  /** Returns the gauges of a task, which belong to the thread that calls. */
  public static Gauges ofTask(StreamsMetrics metrics, String task, String subject) {
    return new Gauges(
        metrics,
        metrics.addSensor("nelbo-" + task + "-" + subject, Sensor.RecordingLevel.INFO),
        tagsOfTask(task));
  }

  /**
   * Returns the tags of what belongs to a task of the thread that calls, in the order of those that
   * Kafka Streams makes itself: of two metrics whose tags differ in their order alone, JMX shows
   * one.
   */
  public static Map<String, String> tagsOfTask(String task) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("thread-id", Thread.currentThread().getName());
    tags.put("nelbo-id", task);
    return tags;
  }

  /** Returns gauges that several tasks may add, and that go when the whole instance does. */
  public static Gauges ofInstance(StreamsMetrics metrics, String id, String subject) {
    return new Gauges(
        metrics,
        metrics.addSensor("nelbo-" + id + "-" + subject, Sensor.RecordingLevel.INFO),
        Map.of("nelbo-id", id));
  }

  public Gauges add(String name, String what, DoubleSupplier value) {
    sensor.add(new MetricName(name, GROUP, what, tags), new Read(value));
    return this;
  }

  /** Takes the gauges out of the registry. */
  public void close() {
    metrics.removeSensor(sensor);
  }

  private record Read(DoubleSupplier value) implements MeasurableStat {
    @Override
    public double measure(MetricConfig config, long nowMs) {
      return value.getAsDouble();
    }

    @Override
    public void record(MetricConfig config, double recorded, long nowMs) {
      // What is read needs no recording.
    }
  }
}
