package io.nelbo.streams.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelbo.schemas.Alert;
import io.nelbo.schemas.Contribution;
import io.nelbo.streams.live.Finding;
import org.jspecify.annotations.Nullable;

/** An alert for the page; without the record, of which the contributions tell what matters. */
final class AlertJson {
  private static final int MOST_CONTRIBUTIONS = 5;

  private AlertJson() {}

  static ObjectNode of(Finding finding) {
    Alert alert = finding.alert();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", alert.getAlertId().toString())
        .put("at", alert.getScoredAt().toEpochMilli())
        .put("eventTime", alert.getSource().getTimestamp().toEpochMilli())
        .put("key", finding.keyText())
        .put("source", source(alert))
        .put("severity", alert.getSeverity().name())
        .put("score", alert.getScore())
        .put("kl", alert.getKl())
        .put("pValue", alert.getPValue())
        .put("surprise", alert.getSurprise())
        .put("version", alert.getModel().getVersion())
        .put("klContribution", alert.getKlContribution())
        .put("reason", alert.getReason());
    ArrayNode contributions = json.putArray("contributions");
    alert.getContributions().stream()
        .limit(MOST_CONTRIBUTIONS)
        .map(AlertJson::contribution)
        .forEach(contributions::add);
    return json;
  }

  private static String source(Alert alert) {
    var source = alert.getSource();
    return source.getTopic() + "/" + source.getPartition() + "@" + source.getOffset();
  }

  private static ObjectNode contribution(Contribution contribution) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("feature", contribution.getFeature());
    put(json, "observed", contribution.getObserved());
    put(json, "expected", contribution.getExpected());
    json.put("low", contribution.getLow()).put("high", contribution.getHigh());
    json.put("probability", contribution.getProbability());
    return json.put("nats", contribution.getNats()).put("share", contribution.getShare());
  }

  /** A number stays one; whatever else there is, is text. */
  private static void put(ObjectNode json, String name, @Nullable Object value) {
    if (value instanceof Double number) {
      json.put(name, number);
    } else {
      json.put(name, value == null ? null : value.toString());
    }
  }
}
