package io.nelbo.streams.cli;

import io.nelbo.streams.demo.Demo;
import io.nelbo.streams.demo.DemoOptions;
import io.nelbo.streams.local.ScenarioName;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Shows everything at once, without Kafka: starts a broker in this program, sends it a stream"
          + " with planted anomalies and a few malformed records, trains, scores, retrains, and"
          + " ends with what was planted, caught and falsely raised. Nothing is left behind.",
      "",
      "An episode counts as planted if it began when the first model was in force, and as caught if"
          + " one of its records is an alert. Beside it: what a rule of three standard deviations"
          + " for each number catches, learned from the records the first model learned from."
    },
    footer = {
      "",
      "Examples:",
      "  nelbo demo                                 two minutes of pump stations",
      "  nelbo demo --scenario payments --seconds 60",
      "  nelbo demo --json | tail -1                just the summary, as JSON"
    })
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      defaultValue = "sensors",
      description =
          "sensors (pump stations: leak, drift, stuck sensor, spike, broken correlation,"
              + " overheating) or payments (six patterns of card fraud) (default:"
              + " ${DEFAULT-VALUE}).")
  private ScenarioName scenario;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "120",
      description = "How long the stream lasts; 60 and more to see a retrain (default: 120).")
  private int seconds;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "3000",
      description =
          "Records a second (default: ${DEFAULT-VALUE}); the first model waits for 24000 of them.")
  private int rate;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "The seed of the stream and of the training (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--json", description = "One JSON object a line; the last is the summary.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Parameters.require(spec, seconds >= 1, "--seconds must be at least 1, was " + seconds);
    Parameters.require(
        spec, rate >= 1 && rate <= 1_000_000, "--rate must be 1 to 1000000, was " + rate);
    PrintWriter out = spec.commandLine().getOut();
    DemoOptions options = new DemoOptions(scenario, Duration.ofSeconds(seconds), rate, seed);
    Demo demo = json ? Demo.json(options, out) : Demo.plain(options, out);
    spec.commandLine().getErr().println("starting Kafka, the detector and the trainer ...");
    try (Stop stop = Stop.on(demo::stop)) {
      demo.run();
      if (stop.isWanted()) {
        spec.commandLine().getErr().println("stopped early; the summary is of what there was");
      }
    }
    return 0;
  }
}
