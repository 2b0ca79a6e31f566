package io.nelbo.streams.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelbo.model.quality.Alarms;
import io.nelbo.model.quality.Detector;
import io.nelbo.model.quality.Evaluation;
import io.nelbo.model.quality.Protocol;
import io.nelbo.model.quality.Retraining;
import io.nelbo.model.quality.StreamInterval;
import io.nelbo.model.train.Profile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Results as JSON, one object a line; what cannot be computed is null. */
final class EvaluationJson implements EvaluationLines {
  private final Profile profile;

  EvaluationJson(Profile profile) {
    this.profile = profile;
  }

  @Override
  public String header() {
    return "";
  }

  @Override
  public String run(String set, Evaluation run) {
    ObjectNode json = head(set, run.detector(), run.protocol()).put("seed", run.seed());
    json.put("features", run.features())
        .put("trained", run.trained())
        .put("tested", run.ranking().records())
        .put("anomalies", run.ranking().anomalies());
    addIntervals(json, run);
    put(json, "auroc", run.ranking().auroc());
    put(json, "auprc", run.ranking().auprc());
    put(json, "precisionAtAnomalies", run.ranking().precisionAtAnomalies());
    addAlerts(json, run.alerts().stream().map(EvaluationJson::alerts).toList());
    put(json, "trainSeconds", rounded(run.trainSeconds()));
    put(json, "scoreSeconds", rounded(run.scoreSeconds()));
    put(json, "recordsPerSecond", Math.rint(run.recordsPerSecond()));
    return json.toString();
  }

  @Override
  public String refused(EvaluationRun run, String reason) {
    return head(run.set(), run.detector(), run.protocol())
        .put("seed", run.seed())
        .put("refused", reason)
        .toString();
  }

  @Override
  public String mean(EvaluationMean mean) {
    ObjectNode json = Json.object().put("mean", true);
    json.setAll(head(null, mean.detector(), mean.protocol()));
    json.put("runs", mean.runs().size());
    put(json, "auroc", mean.of(run -> run.ranking().auroc()));
    put(json, "auprc", mean.of(run -> run.ranking().auprc()));
    put(json, "precisionAtAnomalies", mean.of(run -> run.ranking().precisionAtAnomalies()));
    addAlerts(json, mean.alerts().stream().map(EvaluationJson::alerts).toList());
    put(json, "trainSeconds", rounded(mean.trainSeconds()));
    put(json, "recordsPerSecond", Math.rint(mean.recordsPerSecond()));
    return json.toString();
  }

  private ObjectNode head(@Nullable String set, Detector detector, Protocol protocol) {
    ObjectNode json = Json.object();
    if (set != null) {
      json.put("file", set);
    }
    json.put("detector", EvaluationLines.name(detector)).put("protocol", protocol.name());
    if (detector == Detector.VAE) {
      json.put("profile", EvaluationLines.name(profile));
    }
    Retraining retraining = protocol.retraining();
    if (retraining != null) {
      json.put("retraining", EvaluationLines.name(retraining));
    }
    return json;
  }

  private static void addIntervals(ObjectNode json, Evaluation run) {
    Retraining retraining = run.protocol().retraining();
    if (retraining == null) {
      return;
    }
    if (retraining != Retraining.NEVER) {
      json.put("replaced", run.retrainings(StreamInterval.Outcome.REPLACED))
          .put(
              "vetoed",
              run.retrainings(StreamInterval.Outcome.VETOED)
                  + run.retrainings(StreamInterval.Outcome.FAILED));
    }
    ArrayNode decisions = json.putArray("decisions");
    for (StreamInterval interval : run.intervals()) {
      ObjectNode decision =
          decisions
              .addObject()
              .put("records", interval.records())
              .put("flaggedShare", rounded(interval.flaggedShare()))
              .put("unlikelyShare", rounded(interval.unlikelyShare()))
              .put("shift", rounded(interval.shift()))
              .put("decision", EvaluationLines.name(interval.action()));
      if (interval.outcome() != StreamInterval.Outcome.NONE) {
        decision.put("outcome", EvaluationLines.name(interval.outcome()));
      }
      decision.put("reason", interval.reason());
    }
  }

  /** The figures at the first rate, and those at further ones in a list. */
  private static void addAlerts(ObjectNode json, List<ObjectNode> atRates) {
    json.setAll(atRates.get(0));
    if (atRates.size() > 1) {
      json.putArray("furtherRates").addAll(atRates.subList(1, atRates.size()));
    }
  }

  private static ObjectNode alerts(Evaluation.AtRate at) {
    Alarms alarms = at.alarms();
    ObjectNode json =
        Json.object().put("alertRate", at.rate()).put("alerts", (long) alarms.flagged());
    put(json, "precision", alarms.precision());
    put(json, "recall", alarms.recall());
    put(json, "f1", alarms.f1());
    put(json, "falseAlertRate", alarms.falseRate());
    return json;
  }

  private static ObjectNode alerts(EvaluationMean.AtRate at) {
    ObjectNode json = Json.object().put("alertRate", at.rate());
    put(json, "precision", at.precision());
    put(json, "recall", at.recall());
    put(json, "f1", at.f1());
    put(json, "falseAlertRate", at.falseRate());
    put(json, "pooledF1", at.all().f1());
    put(json, "pooledFalseAlertRate", at.all().falseRate());
    return json;
  }

  private static void put(ObjectNode json, String name, double value) {
    if (Double.isFinite(value)) {
      json.put(name, value);
    } else {
      json.putNull(name);
    }
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
