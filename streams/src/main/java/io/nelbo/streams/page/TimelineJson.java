package io.nelbo.streams.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.score.TrainingReport;
import io.nelbo.schemas.ModelEvent;

/** What happens to models, for the page. */
final class TimelineJson {
  private TimelineJson() {}

  static ObjectNode of(ModelEvent event) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("at", event.getAt().toEpochMilli())
            .put("kind", event.getKind().name())
            .put("version", event.getVersion())
            .put("sentence", event.getSentence());
    Double elbo = event.getNumbers().get("validationElbo");
    return elbo == null ? json : json.put("validationElbo", elbo);
  }

  /** A swap on this instance. */
  static ObjectNode inForce(ModelVersion model, long nowMs) {
    return describe(model).put("at", nowMs).put("kind", "IN_FORCE");
  }

  static ObjectNode describe(ModelVersion model) {
    TrainingReport report = model.report();
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", model.name())
        .put("version", model.version())
        .put("trainedAt", model.trainedAt().toEpochMilli())
        .put("sentence", report.reason())
        .put("validationElbo", report.validationElbo())
        .put("records", report.records())
        .put("seconds", report.seconds())
        .put("device", report.device());
  }
}
