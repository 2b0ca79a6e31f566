package io.nelbo.streams.cli;

import io.nelbo.streams.app.HttpApplication;
import io.nelbo.streams.config.RunConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Runs detector and trainer in one program: scores every record of the input topic, alerts,"
          + " retrains. Stops at Ctrl-C."
    },
    footer = {
      "",
      "Examples:",
      "  nelbo run -o input.topic=readings",
      "  nelbo run -c nelbo.properties -o alert.rate=0.01 --until-caught-up"
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private final ApplicationOptions options = new ApplicationOptions();

  @Override
  public Integer call() throws InterruptedException {
    return options.run(HttpApplication.run(RunConfig.of(options.settings())));
  }
}
