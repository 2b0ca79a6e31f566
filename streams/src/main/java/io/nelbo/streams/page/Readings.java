package io.nelbo.streams.page;

import io.nelbo.streams.http.Part;
import io.nelbo.streams.metrics.Gauges;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** Nelbo's own metrics over all tasks, and the lag, as of one moment. */
final class Readings {
  private final Map<String, Double> sums = new HashMap<>();
  private final Map<String, Double> greatest = new HashMap<>();
  private final Map<String, Double> lags = new HashMap<>();

  private Readings() {}

  static Readings of(List<Part> parts) {
    Readings readings = new Readings();
    for (Part part : parts) {
      part.metrics().forEach(readings::take);
    }
    return readings;
  }

  private void take(MetricName name, Metric metric) {
    boolean own = name.group().equals(Gauges.GROUP) && !name.name().startsWith("score-");
    boolean lag = name.name().equals("records-lag") && name.tags().containsKey("partition");
    if ((own || lag)
        && metric.metricValue() instanceof Number number
        && Double.isFinite(number.doubleValue())) {
      double value = number.doubleValue();
      if (lag) {
        add(lags, name.tags().getOrDefault("topic", ""), value, Double::sum);
      } else {
        add(sums, name.name(), value, Double::sum);
        add(greatest, name.name(), value, Math::max);
      }
    }
  }

  private static void add(
      Map<String, Double> values, String name, double value, BinaryOperator<Double> merger) {
    values.merge(name, value, merger);
  }

  double sum(String metric) {
    return sums.getOrDefault(metric, 0.0);
  }

  double most(String metric) {
    return greatest.getOrDefault(metric, 0.0);
  }

  double lag(String topic) {
    return lags.getOrDefault(topic, 0.0);
  }
}
