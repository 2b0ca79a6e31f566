package io.nelbo.streams.prometheus;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/**
 * Which of Kafka's metrics is told to Prometheus as what.
 *
 * @param tags the tags to tell, with the label of each; a metric that lacks one is not told
 * @param fixed labels that tell this metric from others of its family
 * @param factor from Kafka's unit to Prometheus'
 */
record Rule(
    String group,
    String metric,
    Family family,
    Map<String, String> tags,
    Map<String, String> fixed,
    double factor) {
  Rule {
    tags = Map.copyOf(tags);
    fixed = Map.copyOf(fixed);
  }

  /** Returns the labels of a metric, or null if the rule is not about it. */
  @Nullable Map<String, String> labels(MetricName name) {
    Map<String, String> labels = new HashMap<>(fixed);
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      String value = name.tags().get(tag.getKey());
      if (value == null) {
        return null;
      }
      labels.put(tag.getValue(), tag.getKey().equals("thread-id") ? shortName(value) : value);
    }
    return labels;
  }

  /**
   * A thread's name less the application's and the process's, which every target has its own of.
   */
  private static String shortName(String thread) {
    int from = Math.max(thread.lastIndexOf("StreamThread"), thread.lastIndexOf("GlobalStream"));
    return from < 0 ? thread : thread.substring(from);
  }
}
