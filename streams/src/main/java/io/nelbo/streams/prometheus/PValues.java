package io.nelbo.streams.prometheus;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/** Puts the histogram of p-values together from the single metrics that JMX has. */
final class PValues {
  private static final Family FAMILY =
      Family.histogram("nelbo_p_value", "P-values of the records scored.");
  private static final String PREFIX = "p-value-le-";
  private static final String SUFFIX = "-total";
  private static final String SUM = "p-value-sum-total";

  private final Map<String, TreeMap<Double, Double>> buckets = new TreeMap<>();
  private final Map<String, Double> sums = new TreeMap<>();

  /** Takes a metric if it is part of the histogram. */
  void take(MetricName name, Metric metric) {
    String task = name.tags().get("nelbo-id");
    if (task == null || !(metric.metricValue() instanceof Double value)) {
      return;
    }
    if (name.name().equals(SUM)) {
      sums.put(task, value);
    }
    Double edge = edge(name.name());
    if (edge != null) {
      buckets.computeIfAbsent(task, t -> new TreeMap<>()).put(edge, value);
    }
  }

  private static @Nullable Double edge(String metric) {
    return metric.startsWith(PREFIX)
        ? Double.valueOf(metric.substring(PREFIX.length(), metric.length() - SUFFIX.length()))
        : null;
  }

  void addTo(Exposition exposition, String application) {
    buckets.forEach(
        (task, ofTask) -> {
          Map<String, String> labels = Map.of("application", application, "task", task);
          // Each was read at a moment of its own; a histogram has to rise.
          double count = 0;
          for (Map.Entry<Double, Double> bucket : ofTask.entrySet()) {
            count = Math.max(count, bucket.getValue());
            String edge = plain(bucket.getKey());
            exposition.add(
                FAMILY,
                "_bucket",
                Map.of("application", application, "task", task, "le", edge),
                count);
          }
          exposition.add(
              FAMILY,
              "_bucket",
              Map.of("application", application, "task", task, "le", "+Inf"),
              count);
          exposition.add(FAMILY, "_sum", labels, sums.getOrDefault(task, 0.0));
          exposition.add(FAMILY, "_count", labels, count);
        });
  }

  private static String plain(double edge) {
    return BigDecimal.valueOf(edge).stripTrailingZeros().toPlainString();
  }
}
