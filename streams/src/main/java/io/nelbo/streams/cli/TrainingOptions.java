package io.nelbo.streams.cli;

import io.nelbo.model.train.DeviceChoice;
import io.nelbo.model.train.Profile;
import io.nelbo.model.train.TrainingConfig;
import io.nelbo.model.train.TrainingListener;
import io.nelbo.streams.config.TrainerConfig;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command trains: the trainer's settings, and options for those that matter most. */
final class TrainingOptions {
  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu",
      description = "Where to train (default: train.device, which is auto: a GPU if there is one).")
  private @Nullable DeviceChoice device;

  @Option(
      names = "--profile",
      paramLabel = "fast|accurate",
      description = "What to train (default: model.profile, which is fast): one VAE, or three.")
  private @Nullable Profile profile;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Optimiser steps of each VAE (default: by the number of records).")
  private int steps;

  TrainingConfig config(TrainerConfig settings, long seed) {
    TrainingConfig defaults = TrainingConfig.defaults();
    return new TrainingConfig(
        seed,
        device == null ? settings.trainDevice() : device,
        profile == null ? settings.modelProfile() : profile,
        steps,
        defaults.batchSize(),
        settings.scoreSamples(),
        settings.modelLikelihood(),
        settings.trainTimeBudget(),
        null);
  }

  /** Returns a listener that tells progress, and cancels the training when a stop is wanted. */
  static TrainingListener listener(String what, PrintWriter err, Stop stop) {
    Progress progress = new Progress(err);
    return (step, all, loss) -> {
      progress.tell(
          () ->
              String.format(
                  Locale.ROOT, "%s: step %,d of %,d, loss %.3f nats", what, step, all, loss));
      return !stop.isWanted();
    };
  }
}
