package io.nelbo.streams.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code nelbo}. */
@Command(
    name = "nelbo",
    description = {
      "Watches a Kafka topic of Avro records, scores every record by its negative ELBO under a"
          + " variational autoencoder, and puts the outliers, each with its reasons, on an alert"
          + " topic. Retrains itself while records flow."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      BrokerCommand.class,
      DemoCommand.class,
      ReplayCommand.class,
      RunCommand.class,
      DetectCommand.class,
      TrainCommand.class,
      AlertsCommand.class,
      ModelsCommand.class,
      FitCommand.class,
      ScoreCommand.class,
      EvaluateCommand.class,
      HelpCommand.class,
    },
    footer = {
      "",
      "Try it:",
      "  nelbo demo                                   everything at once, without Kafka",
      "With a file of your own, each in a terminal of its own:",
      "  nelbo broker",
      "  nelbo replay --file readings.csv --topic readings",
      "  nelbo run -o input.topic=readings --until-caught-up",
      "  nelbo alerts",
      "",
      "Exit codes: 0 good, 1 failed, 2 wrong usage or settings."
    })
final class Nelbo implements Runnable {
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;

  @Spec private CommandSpec spec;
  private boolean verbose;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Log what the program does in detail; show stack traces.")
  void verbose(boolean wanted) {
    verbose = wanted;
    if (wanted) {
      ((Logger) LoggerFactory.getLogger("io.nelbo")).setLevel(Level.DEBUG);
    }
  }

  static CommandLine commandLine() {
    Nelbo nelbo = new Nelbo();
    CommandLine commandLine = new CommandLine(nelbo);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setUsageHelpAutoWidth(true);
    commandLine.setUsageHelpLongOptionsMaxWidth(32);
    commandLine.setExecutionExceptionHandler(
        (failure, failed, parsed) -> Failures.report(failure, failed.getErr(), nelbo.verbose));
    commandLine.setParameterExceptionHandler(
        (wrong, args) -> Failures.reportUsage(wrong, wrong.getCommandLine().getErr()));
    return commandLine;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is needed");
  }
}
