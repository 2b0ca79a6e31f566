package io.nelbo.bench.fault;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a scenario ended.
 *
 * @param kills processes killed
 * @param fault why it failed; null if it did not
 * @param skipped why it was not played; null if it was
 */
record Result(
    String scenario,
    Counted counted,
    int kills,
    double seconds,
    @Nullable String fault,
    @Nullable String skipped) {

  boolean isGood() {
    return fault == null && counted.lost() == 0 && counted.doubled() == 0;
  }

  /** As it is told, by name and in order. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("scenario", scenario);
    fields.put("sent", counted.sent());
    fields.put("lost", counted.lost());
    fields.put("doubled", counted.doubled());
    fields.put("deadLetters", counted.deadLetters());
    fields.put("kills", kills);
    fields.put("seconds", Math.round(seconds));
    fields.putAll(counted.more());
    if (skipped != null) {
      fields.put("skipped", skipped);
    }
    if (fault != null) {
      fields.put("fault", fault);
    }
    return fields;
  }
}
