package io.nelbo.streams.cli;

import io.nelbo.streams.app.HttpApplication;
import io.nelbo.streams.config.DetectorConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "detect",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Runs a detector: scores every record of the input topic under the newest model and puts"
          + " outliers on the alert topic. Start as many as the input has partitions. Needs no"
          + " native library."
    },
    footer = {
      "",
      "Examples:",
      "  nelbo detect -o input.topic=readings -o alert.rate=0.0001",
      "  nelbo detect -c nelbo.properties -o 'sasl.jaas.config=${env:NELBO_JAAS}'"
    })
final class DetectCommand implements Callable<Integer> {
  @Mixin private final ApplicationOptions options = new ApplicationOptions();

  @Override
  public Integer call() throws InterruptedException {
    return options.run(HttpApplication.detector(DetectorConfig.of(options.settings())));
  }
}
