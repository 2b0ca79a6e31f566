package io.nelbo.streams.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelbo.streams.page.Samples.Sample;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a browser is shown that comes now: the last two minutes of scores, and the latest alerts of
 * each severity, dead letters and model events. Bounded; safe for any thread.
 */
final class History {
  private static final int MOST_SAMPLES = 120 * 4 * Samples.MOST;
  private static final int MOST_ALERTS_OF_A_SEVERITY = 40;
  private static final int MOST_STRAYS = 20;
  private static final Comparator<ObjectNode> OLDEST_FIRST =
      Comparator.comparingLong(event -> event.path("at").asLong());
  private static final int MOST_TIMELINE = 50;

  private final Watched watched;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private final Map<String, Deque<ObjectNode>> alerts = new TreeMap<>();
  private final Deque<ObjectNode> strays = new ArrayDeque<>();
  private final List<ObjectNode> timeline = new ArrayList<>();
  private long number;
  private @Nullable ObjectNode totals;

  History(Watched watched) {
    this.watched = watched;
  }

  synchronized void add(Frame frame) {
    number = frame.number();
    totals = frame.totals();
    keep(samples, frame.samples().list(), MOST_SAMPLES);
    for (ObjectNode alert : frame.alerts()) {
      keep(
          alerts.computeIfAbsent(alert.path("severity").asText(), s -> new ArrayDeque<>()),
          List.of(alert),
          MOST_ALERTS_OF_A_SEVERITY);
    }
    keep(strays, frame.strays(), MOST_STRAYS);
    timeline.addAll(frame.timeline());
    timeline.sort(OLDEST_FIRST);
    timeline.subList(0, Math.max(0, timeline.size() - MOST_TIMELINE)).clear();
  }

  private static <T> void keep(Deque<T> kept, Collection<T> more, int most) {
    kept.addAll(more);
    while (kept.size() > most) {
      kept.removeFirst();
    }
  }

  synchronized ObjectNode json(long nowMs) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("number", number).put("now", nowMs);
    json.put("application", watched.application());
    json.put("inputTopic", watched.inputTopic());
    json.put("alertRate", watched.alertRate());
    json.put("detects", watched.live() != null);
    Samples.put(json.putObject("samples"), List.copyOf(samples), nowMs);
    json.putArray("alerts")
        .addAll(alerts.values().stream().flatMap(Deque::stream).sorted(OLDEST_FIRST).toList());
    json.putArray("strays").addAll(strays);
    json.putArray("timeline").addAll(timeline);
    json.set("totals", totals);
    return json;
  }
}
