package io.nelbo.streams.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.schemas.Severity;
import io.nelbo.streams.http.Part;
import io.nelbo.streams.input.Reason;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What holds now: counts, rates, health and the model in force. Read anew once a second. */
final class Totals {
  private static final long EVERY_MS = 1_000;

  private final Watched watched;
  private ObjectNode last = JsonNodeFactory.instance.objectNode();
  private long lastMs;
  private double lastScored;

  Totals(Watched watched) {
    this.watched = watched;
  }

  ObjectNode json(long nowMs, @Nullable String trouble) {
    if (nowMs - lastMs >= EVERY_MS || nowMs < lastMs) {
      last = read(nowMs, trouble);
      lastMs = nowMs;
    }
    return last;
  }

  private ObjectNode read(long nowMs, @Nullable String trouble) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode parts = json.putObject("parts");
    for (Part part : watched.parts()) {
      String dead = part.whyDead();
      parts.putObject(part.name()).put("dead", dead).put("notReady", part.whyNotReady());
    }
    Readings readings = Readings.of(watched.parts());
    double scored = readings.sum("scored-total");
    json.put("scored", scored);
    json.put(
        "perSecond", lastMs == 0 ? 0 : Math.max(0, 1e3 * (scored - lastScored) / (nowMs - lastMs)));
    lastScored = scored;
    ObjectNode alerts = json.putObject("alerts");
    for (Severity severity : Severity.values()) {
      String name = severity.name().toLowerCase(Locale.ROOT);
      alerts.put(severity.name(), readings.sum("alerts-" + name + "-total"));
    }
    ObjectNode letters = json.putObject("deadLetters");
    for (Reason reason : Reason.values()) {
      String name = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
      letters.put(reason.name(), readings.sum("dead-letters-" + name + "-total"));
    }
    json.put("warmUpRecords", readings.most("warm-up-records"));
    json.put("warmUpNeeded", readings.most("warm-up-needed"));
    json.put("windowRecords", readings.most("window-records"));
    json.put("training", readings.most("training-running") > 0);
    json.put("swaps", readings.most("model-swaps-total"));
    json.put("refusals", readings.most("model-refusals-total"));
    json.put("lag", watched.inputTopic() == null ? 0 : readings.lag(watched.inputTopic()));
    ModelVersion model = watched.model().get();
    json.set("model", model == null ? null : TimelineJson.describe(model));
    json.put("trouble", trouble);
    return json;
  }
}
