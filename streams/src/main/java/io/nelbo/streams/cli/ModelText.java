package io.nelbo.streams.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.score.TrainingReport;
import io.nelbo.model.vae.Member;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Vae;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Models for people and, as JSON, for programs. */
final class ModelText {
  static final String HEADING =
      "NAME        VERSION  STATE       IN FORCE FROM         TO                    FLAGGED  RECORDS"
          + "  WINDOW FROM           TO                    TRAIN ELBO  VALIDATION  REASON";

  private ModelText() {}

  static String line(VersionLife life) {
    ModelVersion model = life.model();
    TrainingReport report = model.report();
    String state = life.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return String.format(
        Locale.ROOT,
        "%-10s  %7d  %-10s  %-20s  %-20s  %7s  %7d  %-20s  %-20s  %10.3f  %10.3f  %s",
        model.name(),
        model.version(),
        life.isPinned() ? "pinned" : state,
        seconds(life.from()),
        life.to() == null ? "" : seconds(life.to()),
        life.scored() == 0 ? "" : String.format(Locale.ROOT, "%.2f %%", 100 * life.flaggedShare()),
        report.records(),
        seconds(report.windowFrom()),
        seconds(report.windowTo()),
        report.trainElbo(),
        report.validationElbo(),
        report.reason());
  }

  private static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static String details(ModelVersion model) {
    TrainingReport report = model.report();
    List<Member> members = model.model().ensemble().members();
    StringBuilder text = new StringBuilder();
    row(text, "model", model.name() + " version " + model.version());
    row(text, "sha256", model.model().sha256());
    row(text, "trained at", model.trainedAt() + " on " + report.device());
    row(text, "window", report.windowFrom() + " to " + report.windowTo());
    row(
        text,
        "records",
        report.records()
            + ": "
            + report.trained()
            + " trained on, "
            + report.calibrated()
            + " calibrate");
    row(
        text,
        "training",
        String.format(
            Locale.ROOT,
            "%d steps in %.1f s, seed %d",
            report.steps(),
            report.seconds(),
            report.seed()));
    row(
        text,
        "ELBO",
        String.format(
            Locale.ROOT,
            "%.3f nats trained, %.3f validation",
            report.trainElbo(),
            report.validationElbo()));
    row(text, "reason", report.reason());
    row(text, "likelihood", likelihood(members.get(0).vae()));
    for (Member member : members) {
      row(text, members.size() == 1 ? "network" : "member", network(member.vae().shape()));
    }
    row(text, "features", Integer.toString(model.model().features().count()));
    model.model().features().specs().forEach(feature -> text.append("    ").append(line(feature)));
    return text.toString().stripTrailing();
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append("%-12s%s%n".formatted(name, value));
  }

  private static String likelihood(Vae vae) {
    return vae.likelihood().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String network(Shape shape) {
    return "%d inputs, hidden %d and %d, latent %d, %d outputs, %s, %s"
        .formatted(
            shape.inputs(),
            shape.hidden1(),
            shape.hidden2(),
            shape.latent(),
            shape.outputs(),
            shape.linear() ? "linear paths" : "no linear paths",
            shape.components() == 0
                ? "standard normal prior"
                : "mixture prior of " + shape.components());
  }

  private static String line(FeatureSpec feature) {
    String missing = feature.mayBeMissing() ? ", may be missing" : "";
    return switch (feature.kind()) {
      case CONTINUOUS ->
          String.format(
              Locale.ROOT,
              "%s: continuous, mean %.6g, scale %.6g%s%n",
              feature.name(),
              feature.mean(),
              feature.scale(),
              missing);
      case BINARY -> "%s: binary%s%n".formatted(feature.name(), missing);
      case CATEGORICAL ->
          "%s: categorical, %s%s%n"
              .formatted(feature.name(), vocabulary(feature.vocabulary()), missing);
    };
  }

  private static String vocabulary(List<String> vocabulary) {
    int shown = Math.min(8, vocabulary.size());
    return vocabulary.size()
        + " values: "
        + String.join(", ", vocabulary.subList(0, shown))
        + (shown < vocabulary.size() ? ", ..." : "");
  }

  /** Returns what the list shows. */
  static ObjectNode json(VersionLife life) {
    ObjectNode json =
        json(life.model())
            .put("state", life.state().name())
            .put("pinned", life.isPinned())
            .put("inForceFrom", life.from().toString())
            .put("inForceTo", life.to() == null ? null : life.to().toString())
            .put("scored", life.scored())
            .put("flagged", life.flagged());
    return life.scored() == 0
        ? json.putNull("flaggedShare")
        : json.put("flaggedShare", life.flaggedShare());
  }

  private static ObjectNode json(ModelVersion model) {
    TrainingReport report = model.report();
    ObjectNode json =
        Json.object()
            .put("name", model.name())
            .put("version", model.version())
            .put("trainedAt", model.trainedAt().toString())
            .put("sha256", model.model().sha256())
            .put("features", model.model().features().count());
    json.putObject("report")
        .put("windowFrom", report.windowFrom().toString())
        .put("windowTo", report.windowTo().toString())
        .put("records", report.records())
        .put("trained", report.trained())
        .put("calibrated", report.calibrated())
        .put("steps", report.steps())
        .put("seconds", report.seconds())
        .put("device", report.device())
        .put("seed", report.seed())
        .put("trainElbo", report.trainElbo())
        .put("validationElbo", report.validationElbo())
        .put("reason", report.reason());
    return json;
  }

  /** Returns how the model came to be and what the model is made of, weights aside. */
  static ObjectNode jsonDetails(ModelVersion model) {
    ObjectNode json = json(model);
    Vae first = model.model().ensemble().members().get(0).vae();
    ArrayNode features = json.putArray("features");
    for (FeatureSpec spec : model.model().features().specs()) {
      ObjectNode feature =
          features
              .addObject()
              .put("name", spec.name())
              .put("kind", spec.kind().name())
              .put("mean", spec.mean())
              .put("scale", spec.scale())
              .put("mayBeMissing", spec.mayBeMissing());
      ArrayNode vocabulary = feature.putArray("vocabulary");
      spec.vocabulary().forEach(vocabulary::add);
    }
    ArrayNode members = json.putArray("members");
    for (Member member : model.model().ensemble().members()) {
      Shape shape = member.vae().shape();
      members
          .addObject()
          .put("inputs", shape.inputs())
          .put("latent", shape.latent())
          .put("hidden1", shape.hidden1())
          .put("hidden2", shape.hidden2())
          .put("outputs", shape.outputs())
          .put("continuous", shape.continuous())
          .put("linear", shape.linear())
          .put("priorComponents", shape.components());
    }
    json.put("likelihood", first.likelihood().name());
    json.put("discreteFloor", first.discreteFloor());
    json.put("calibrationScores", model.model().calibration().size());
    return json;
  }
}
