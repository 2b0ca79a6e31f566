package io.nelbo.streams.cli;

import io.nelbo.streams.app.Application;
import io.nelbo.streams.config.Settings;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the applications are told on the command line, and how they run. */
final class ApplicationOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--until-caught-up",
      description = "End once everything that was in the input at the start is processed.")
  private boolean untilCaughtUp;

  Settings settings() {
    return kafka.settings();
  }

  /** Runs an application until it has caught up if so wanted, or until it is told to stop. */
  int run(Application application) throws InterruptedException {
    try (Stop stop = Stop.on(application::close);
        application) {
      try {
        application.start();
        if (untilCaughtUp) {
          application.awaitCaughtUp();
          tellCaughtUp(stop);
        } else {
          application.awaitEnd();
        }
      } catch (RuntimeException e) {
        // Whoever stops a program does not want to hear what that kept it from doing.
        if (!stop.isWanted()) {
          throw e;
        }
      }
    }
    return 0;
  }

  private void tellCaughtUp(Stop stop) {
    if (!stop.isWanted()) {
      PrintWriter err = command.commandLine().getErr();
      err.println(
          "caught up with everything that was in the input; 'nelbo alerts' shows the alerts");
      err.flush();
    }
  }
}
