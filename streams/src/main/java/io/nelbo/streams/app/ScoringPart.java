package io.nelbo.streams.app;

import io.nelbo.streams.detector.WarmUp;
import io.nelbo.streams.http.Part;
import io.nelbo.streams.models.CurrentModel;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/** The detector as seen from outside: its client, which does its work only if there is a model. */
record ScoringPart(StreamsClient client, CurrentModel model, WarmUp warmUp) implements Part {
  @Override
  public String name() {
    return client.name();
  }

  @Override
  public Map<MetricName, ? extends Metric> metrics() {
    return client.metrics();
  }

  @Override
  public @Nullable String whyDead() {
    return client.whyDead();
  }

  @Override
  public @Nullable String whyNotReady() {
    String why = client.whyNotReady();
    if (why == null && model.get() == null) {
      return "no model yet: %d of %d records came".formatted(warmUp.records(), warmUp.needed());
    }
    return why;
  }
}
