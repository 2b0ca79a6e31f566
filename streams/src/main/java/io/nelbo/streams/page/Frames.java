package io.nelbo.streams.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.streams.live.LiveFeed;
import io.nelbo.streams.live.TaskFeed;
import io.nelbo.streams.page.Samples.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes a frame of what came since the last one. NOT thread safe. */
final class Frames {
  /** More alerts than that at a time nobody reads; the counts tell of them. */
  private static final int MOST_ALERTS = 8;

  private static final int MOST_STRAYS = 4;

  private final Watched watched;
  private final ModelEventReader modelEvents;
  private final Totals totals;
  private long number;
  private long versionTold;

  Frames(Watched watched, ModelEventReader modelEvents) {
    this.watched = watched;
    this.modelEvents = modelEvents;
    totals = new Totals(watched);
  }

  Frame next(long nowMs) {
    List<Sample> samples = new ArrayList<>();
    List<ObjectNode> alerts = new ArrayList<>();
    List<ObjectNode> strays = new ArrayList<>();
    LiveFeed live = watched.live();
    if (live != null) {
      for (TaskFeed task : live.tasks()) {
        task.takeScores((score, pValue, timeMs) -> samples.add(Sample.of(score, pValue, timeMs)));
        task.takeFindings().forEach(finding -> alerts.add(AlertJson.of(finding)));
        task.takeStrays().forEach(stray -> strays.add(StrayJson.of(stray)));
      }
    }
    samples.sort(Comparator.comparingLong(Sample::timeMs));
    return new Frame(
        ++number,
        nowMs,
        Samples.thinned(samples),
        gravest(alerts),
        latest(strays),
        timeline(nowMs),
        totals.json(nowMs, modelEvents.trouble()));
  }

  private static List<ObjectNode> gravest(List<ObjectNode> alerts) {
    return alerts.stream()
        .sorted(Comparator.comparingDouble(alert -> -alert.path("surprise").asDouble()))
        .limit(MOST_ALERTS)
        .sorted(Comparator.comparingLong(alert -> alert.path("at").asLong()))
        .toList();
  }

  private static List<ObjectNode> latest(List<ObjectNode> strays) {
    return strays.subList(Math.max(0, strays.size() - MOST_STRAYS), strays.size());
  }

  private List<ObjectNode> timeline(long nowMs) {
    List<ObjectNode> timeline = modelEvents.take();
    ModelVersion inForce = watched.model().get();
    if (inForce != null && inForce.version() != versionTold) {
      versionTold = inForce.version();
      timeline.add(TimelineJson.inForce(inForce, nowMs));
    }
    return timeline;
  }
}
