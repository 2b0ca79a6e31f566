package io.nelbo.streams.detector;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.MeasurableStat;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.Rate;

/**
 * Counts the records scored, as total and rate. One writer; others may read at any time.
 *
 * <p>Implementation: recording to a sensor takes two locks and costs a noticeable part of a score.
 * The total is therefore read from the count when someone asks, and the rate is told once a second.
 */
final class ScoredCount implements MeasurableStat {
  private static final long TELL_EVERY_MS = 1_000;

  private final AtomicLong count = new AtomicLong();
  private final Sensor sensor;
  private long told;
  private long toldAtMs = Long.MIN_VALUE;

  ScoredCount(Sensor sensor, String group, Map<String, String> tags) {
    this.sensor = sensor;
    sensor.add(new MetricName("scored-total", group, "The records scored", tags), this);
    sensor.add(
        new MetricName("scored-rate", group, "The records scored per second", tags), new Rate());
  }

  void increment(long nowMs) {
    long now = count.getPlain() + 1;
    count.setRelease(now);
    if (nowMs - TELL_EVERY_MS >= toldAtMs) {
      sensor.record((double) (now - told), nowMs);
      told = now;
      toldAtMs = nowMs;
    }
  }

  Sensor sensor() {
    return sensor;
  }

  @Override
  public double measure(MetricConfig config, long nowMs) {
    return (double) count.getAcquire();
  }

  @Override
  public void record(MetricConfig config, double value, long nowMs) {
    // The count is ahead of what is recorded.
  }
}
