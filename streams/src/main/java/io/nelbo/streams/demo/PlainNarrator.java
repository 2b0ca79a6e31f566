package io.nelbo.streams.demo;

import io.nelbo.schemas.Alert;
import io.nelbo.schemas.Model;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lines for people, and a table at the end. */
final class PlainNarrator implements Narrator {
  private final PrintWriter out;

  PlainNarrator(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void started(DemoOptions options, String bootstrapServers, URI page) {
    print("Watch it live: %s", page);
    print("Kafka is up at %s (in this program, for as long as it runs).", bootstrapServers);
    print(
        "Sending %,d records a second to topic %s for %,d s; the first model needs %,d of them.",
        options.rate(),
        options.scenario(),
        options.duration().toSeconds(),
        DemoSettings.WARM_UP_RECORDS);
  }

  @Override
  public void progress(Summary sofar, long version, double scoredPerSecond) {
    if (version == 0) {
      print("%4.0f s  %,9d records  warming up", sofar.seconds(), sofar.records());
      return;
    }
    Summary.Tally total = sofar.total();
    print(
        "%4.0f s  %,9d records  %,9d scored (%,.0f/s)  model %d  %,d alerts  %d of %d planted caught"
            + "  %d dead letters",
        sofar.seconds(),
        sofar.records(),
        sofar.scored(),
        scoredPerSecond,
        version,
        sofar.alerts(),
        total.caught(),
        total.planted(),
        sofar.deadLetters());
  }

  @Override
  public void model(Model model) {
    print(
        "        model %d: trained on %,d records in %.1f s on %s (%s)",
        model.getVersion(),
        model.getReport().getTrained(),
        model.getReport().getSeconds(),
        model.getReport().getDevice(),
        model.getReport().getReason());
  }

  @Override
  public void alert(Alert alert, String about, @Nullable String planted, boolean first) {
    if (planted != null && first) {
      print("        %s, %s: %s", about, planted, alert.getReason());
    }
  }

  @Override
  public void summary(Summary summary, Outcomes outcomes) {
    Summary.Tally total = summary.total();
    print("");
    print("%-22s %8s %8s %12s", "planted anomalies", "episodes", "caught", "three sigma");
    summary.kinds().forEach(this::row);
    row("all", total);
    print("");
    print(
        "%,d records in %.0f s, %,d scored (%,.0f a second from the first model on), %,d unscored.",
        summary.records(),
        summary.seconds(),
        summary.scored(),
        summary.scoredPerSecond(),
        summary.unscored());
    print(
        "%,d alerts, %,d of them false: %.3f %% of the records scored.",
        summary.alerts(), summary.falseAlerts(), 100 * summary.falseAlertRate());
    print(
        "%,d dead letters%s.",
        summary.deadLetters(),
        outcomes.deadLetters().entrySet().stream()
            .map(e -> e.getKey() + " " + e.getValue())
            .collect(Collectors.joining(", ", ": ", "")));
    print("%d models in force one after the other:", summary.models());
    outcomes.modelsInForce().values().forEach(this::model);
    print("");
    print(
        "An episode counts if it began when the first model was in force; it is caught if one of");
    print("its records is an alert. Three sigma: one of its numbers is more than three standard");
    print(
        "deviations from its mean; the rule also flags %,d normal records.",
        summary.threeSigmaFalse());
  }

  private void row(String name, Summary.Tally tally) {
    print("%-22s %8d %8d %12d", name, tally.planted(), tally.caught(), tally.caughtByThreeSigma());
  }

  private void print(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
    out.flush();
  }
}
