package io.nelbo.streams.cli;

import io.nelbo.streams.app.HttpApplication;
import io.nelbo.streams.config.TrainerConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Runs the trainer: keeps the window of recent records, trains the model on it, on a GPU if"
          + " there is one, and publishes it for the detectors. One at a time."
    },
    footer = {
      "",
      "Examples:",
      "  nelbo train -c nelbo.properties",
      "  nelbo train -o retrain.interval=15m -o train.device=gpu"
    })
final class TrainCommand implements Callable<Integer> {
  @Mixin private final ApplicationOptions options = new ApplicationOptions();

  @Override
  public Integer call() throws InterruptedException {
    return options.run(HttpApplication.trainer(TrainerConfig.of(options.settings())));
  }
}
