package io.nelbo.streams.http;

import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/** A part of the program, detector or trainer, as seen from outside. Safe for any thread. */
public interface Part {
  String name();

  /** All of its Kafka Streams client's metrics; none before it has started. */
  Map<MetricName, ? extends Metric> metrics();

  /** Why it will do no more until it is started again; null while it lives. */
  @Nullable String whyDead();

  /** Why it does not do its work yet; null once it does. */
  @Nullable String whyNotReady();
}
