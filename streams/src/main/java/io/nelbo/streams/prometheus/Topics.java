package io.nelbo.streams.prometheus;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.MetricName;

/**
 * The topics that metrics are about. Kafka still tells each metric of a topic with dots in its name
 * a second time, with an underscore for each dot; and two topics cannot differ in that alone.
 */
record Topics(Set<String> mangled) {
  private static final String TAG = "topic";

  static Topics in(Collection<MetricName> names) {
    return new Topics(
        names.stream()
            .map(name -> name.tags().getOrDefault(TAG, ""))
            .filter(topic -> topic.contains("."))
            .map(topic -> topic.replace('.', '_'))
            .collect(Collectors.toSet()));
  }

  boolean isTrueName(MetricName name) {
    return !mangled.contains(name.tags().getOrDefault(TAG, ""));
  }
}
