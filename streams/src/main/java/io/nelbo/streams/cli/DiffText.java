package io.nelbo.streams.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.FeatureSpec;
import java.util.List;
import java.util.Locale;

/** What distinguishes two versions, for people and, as JSON, for programs. */
final class DiffText {
  private DiffText() {}

  static String plain(long first, long second, ModelDiff diff, ScoreShift shift) {
    StringBuilder text = new StringBuilder();
    line(text, "version %d to version %d", first, second);
    diff.added().forEach(name -> line(text, "  + %s", name));
    diff.removed().forEach(name -> line(text, "  - %s", name));
    diff.changed().forEach(changed -> line(text, "  ~ %s", describe(changed)));
    if (diff.added().isEmpty() && diff.removed().isEmpty() && diff.changed().isEmpty()) {
      line(text, "  the features are the same");
    }
    for (ModelDiff.Quantile quantile : diff.quantiles()) {
      line(
          text,
          "score at p = %-5s  %12.3f  %12.3f  %+.3f nats",
          quantile.pValue(),
          quantile.first(),
          quantile.second(),
          quantile.second() - quantile.first());
    }
    if (shift.records() == 0) {
      line(text, "no record of the window can be scored by both, %d cannot", shift.unreadable());
    } else {
      line(
          text,
          "the newest %,d records of the window (%,d more cannot be scored by both):",
          shift.records(),
          shift.unreadable());
      line(
          text,
          "mean score        %12.3f  %12.3f  %+.3f nats, median %+.3f",
          shift.meanFirst(),
          shift.meanSecond(),
          shift.meanSecond() - shift.meanFirst(),
          shift.medianShift());
      line(
          text,
          "flagged at %s   %12d  %12d  %d by both",
          shift.alpha(),
          shift.flaggedFirst(),
          shift.flaggedSecond(),
          shift.flaggedBoth());
    }
    return text.toString().stripTrailing();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }

  private static String describe(ModelDiff.Changed changed) {
    FeatureSpec first = changed.first();
    FeatureSpec second = changed.second();
    StringBuilder text = new StringBuilder(first.name()).append(':');
    if (first.kind() != second.kind()) {
      text.append(String.format(" %s is %s now;", first.kind(), second.kind()));
    } else if (first.kind() == FeatureKind.CONTINUOUS) {
      text.append(
          String.format(
              Locale.ROOT,
              " mean %.6g to %.6g (%+.2f scales), scale %.6g to %.6g (x %.2f);",
              first.mean(),
              second.mean(),
              changed.shift(),
              first.scale(),
              second.scale(),
              changed.widened()));
    }
    if (!changed.newValues().isEmpty()) {
      text.append(" new values ").append(String.join(", ", changed.newValues())).append(';');
    }
    if (!changed.lostValues().isEmpty()) {
      text.append(" lost values ").append(String.join(", ", changed.lostValues())).append(';');
    }
    if (first.mayBeMissing() != second.mayBeMissing()) {
      text.append(second.mayBeMissing() ? " may be missing now;" : " may not be missing now;");
    }
    return text.substring(0, text.length() - 1);
  }

  static ObjectNode json(long first, long second, ModelDiff diff, ScoreShift shift) {
    ObjectNode json = Json.object().put("first", first).put("second", second);
    putAll(json.putArray("added"), diff.added());
    putAll(json.putArray("removed"), diff.removed());
    ArrayNode changed = json.putArray("changed");
    for (ModelDiff.Changed one : diff.changed()) {
      ObjectNode feature = changed.addObject().put("name", one.first().name());
      spec(feature.putObject("first"), one.first());
      spec(feature.putObject("second"), one.second());
      feature.put("shift", one.shift()).put("widened", one.widened());
      putAll(feature.putArray("newValues"), one.newValues());
      putAll(feature.putArray("lostValues"), one.lostValues());
    }
    ArrayNode quantiles = json.putArray("calibration");
    for (ModelDiff.Quantile quantile : diff.quantiles()) {
      quantiles
          .addObject()
          .put("pValue", quantile.pValue())
          .put("first", quantile.first())
          .put("second", quantile.second());
    }
    ObjectNode window =
        json.putObject("window")
            .put("records", shift.records())
            .put("unreadable", shift.unreadable())
            .put("alpha", shift.alpha())
            .put("flaggedFirst", shift.flaggedFirst())
            .put("flaggedSecond", shift.flaggedSecond())
            .put("flaggedBoth", shift.flaggedBoth());
    if (shift.records() > 0) {
      window
          .put("meanFirst", shift.meanFirst())
          .put("meanSecond", shift.meanSecond())
          .put("medianShift", shift.medianShift());
    }
    return json;
  }

  private static void putAll(ArrayNode array, List<String> values) {
    values.forEach(array::add);
  }

  private static void spec(ObjectNode json, FeatureSpec spec) {
    json.put("kind", spec.kind().name())
        .put("mean", spec.mean())
        .put("scale", spec.scale())
        .put("mayBeMissing", spec.mayBeMissing());
  }
}
