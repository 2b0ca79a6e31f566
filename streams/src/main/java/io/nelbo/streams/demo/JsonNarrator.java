package io.nelbo.streams.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelbo.schemas.Alert;
import io.nelbo.schemas.Model;
import java.io.PrintWriter;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** One JSON object a line, each with an {@code event}; the last is the summary. */
final class JsonNarrator implements Narrator {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final PrintWriter out;

  JsonNarrator(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void started(DemoOptions options, String bootstrapServers, URI page) {
    print(
        event("started")
            .put("scenario", options.scenario().toString())
            .put("bootstrapServers", bootstrapServers)
            .put("page", page.toString())
            .put("rate", options.rate())
            .put("seed", options.seed()));
  }

  @Override
  public void progress(Summary sofar, long version, double scoredPerSecond) {
    Summary.Tally total = sofar.total();
    print(
        event("progress")
            .put("seconds", rounded(sofar.seconds()))
            .put("records", sofar.records())
            .put("scored", sofar.scored())
            .put("scoredPerSecond", Math.round(scoredPerSecond))
            .put("model", version)
            .put("alerts", sofar.alerts())
            .put("planted", total.planted())
            .put("caught", total.caught())
            .put("falseAlerts", sofar.falseAlerts())
            .put("deadLetters", sofar.deadLetters()));
  }

  @Override
  public void model(Model model) {
    print(
        event("model")
            .put("name", model.getName())
            .put("version", model.getVersion())
            .put("records", model.getReport().getRecords())
            .put("trainingSeconds", rounded(model.getReport().getSeconds()))
            .put("device", model.getReport().getDevice())
            .put("reason", model.getReport().getReason()));
  }

  @Override
  public void alert(Alert alert, String about, @Nullable String planted, boolean first) {
    print(
        event("alert")
            .put("key", about)
            .put("partition", alert.getSource().getPartition())
            .put("offset", alert.getSource().getOffset())
            .put("score", rounded(alert.getScore()))
            .put("pValue", alert.getPValue())
            .put("severity", alert.getSeverity().toString())
            .put("model", alert.getModel().getVersion())
            .put("reason", alert.getReason())
            .put("planted", planted));
  }

  @Override
  public void summary(Summary summary, Outcomes outcomes) {
    summary
        .kinds()
        .forEach(
            (kind, tally) ->
                print(
                    event("kind")
                        .put("kind", kind)
                        .put("planted", tally.planted())
                        .put("caught", tally.caught())
                        .put("caughtByThreeSigma", tally.caughtByThreeSigma())));
    print(
        event("throughput")
            .put("scoredPerSecond", Math.round(summary.scoredPerSecond()))
            .put("unscored", summary.unscored())
            .put("threeSigmaFalse", summary.threeSigmaFalse()));
    Summary.Tally total = summary.total();
    print(
        event("summary")
            .put("scenario", summary.scenario().toString())
            .put("records", summary.records())
            .put("scored", summary.scored())
            .put("alerts", summary.alerts())
            .put("models", summary.models())
            .put("planted", total.planted())
            .put("caught", total.caught())
            .put("caughtByThreeSigma", total.caughtByThreeSigma())
            .put("falseAlerts", summary.falseAlerts())
            .put("deadLetters", summary.deadLetters())
            .put("seconds", rounded(summary.seconds())));
  }

  private static ObjectNode event(String name) {
    return MAPPER.createObjectNode().put("event", name);
  }

  private static double rounded(double value) {
    return Math.round(10 * value) / 10.0;
  }

  private void print(ObjectNode line) {
    out.println(line);
    out.flush();
  }
}
