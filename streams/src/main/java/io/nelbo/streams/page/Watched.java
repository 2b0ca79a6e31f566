package io.nelbo.streams.page;

import io.nelbo.streams.http.Part;
import io.nelbo.streams.live.LiveFeed;
import io.nelbo.streams.models.CurrentModel;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the live page is about.
 *
 * @param application its application.id
 * @param inputTopic null where none is known, in a trainer
 * @param live what the detector's tasks leave; null if no detector runs here
 * @param consumer settings of a Kafka consumer, to read the model events with; empty to read none
 */
public record Watched(
    String application,
    @Nullable String inputTopic,
    double alertRate,
    List<Part> parts,
    @Nullable LiveFeed live,
    CurrentModel model,
    Map<String, Object> consumer,
    String modelEventsTopic) {
  public Watched {
    parts = List.copyOf(parts);
    consumer = Map.copyOf(consumer);
  }
}
