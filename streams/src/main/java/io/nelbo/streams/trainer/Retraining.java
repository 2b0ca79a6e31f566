package io.nelbo.streams.trainer;

import io.nelbo.model.feature.Observations;
import io.nelbo.model.score.ModelCodec;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.score.Scorer;
import io.nelbo.model.score.TrainedModel;
import io.nelbo.model.train.Trained;
import io.nelbo.model.train.TrainingConfig;
import io.nelbo.model.train.TrainingException;
import io.nelbo.model.train.TrainingListener;
import io.nelbo.streams.config.TrainerConfig;
import io.nelbo.streams.input.ObservationReader;
import io.nelbo.streams.input.SchemaSource;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a snapshot of the window to a model that may be published, or to the reason why there is
 * none: read, train, check, compare. Runs on the training thread; NOT thread safe.
 */
final class Retraining {
  private static final Logger log = LoggerFactory.getLogger(Retraining.class);

  private final TrainerConfig config;
  private final ObservationReader reader;
  private final Training training;

  Retraining(TrainerConfig config, SchemaSource schemas, Training training) {
    this.config = config;
    reader = new ObservationReader(schemas);
    this.training = training;
  }

  /**
   * Makes a model of the snapshot.
   *
   * @param inForce the model that the new one must not be worse than; null if there is none
   * @param listener may cancel the training
   */
  Outcome run(WindowSnapshot snapshot, @Nullable ModelVersion inForce, TrainingListener listener) {
    Window window = Window.read(snapshot, reader, config.features());
    if (window.skipped() > 0) {
      log.warn(
          "skipped {} of {} window records that cannot be read, the last one because of {}",
          window.skipped(),
          snapshot.size(),
          window.whySkipped());
    }
    int records = window.observations().size();
    if (records < config.retrainMinRecords()) {
      return Outcome.failed(
          "only %d of the %d records in the window can be read, retrain.min.records asks for %d"
              .formatted(records, snapshot.size(), config.retrainMinRecords()),
          window.skipped());
    }
    try {
      Trained trained =
          training.train(
              window.observations(), window.from(), window.to(), trainingConfig(), listener);
      return judge(trained, window, inForce);
    } catch (TrainingException e) {
      return Outcome.failed(String.valueOf(e.getMessage()), window.skipped());
    }
  }

  private TrainingConfig trainingConfig() {
    TrainingConfig defaults = TrainingConfig.defaults();
    return new TrainingConfig(
        config.trainSeed(),
        config.trainDevice(),
        defaults.steps(),
        defaults.batchSize(),
        config.scoreSamples(),
        config.modelLikelihood(),
        config.trainTimeBudget());
  }

  private Outcome judge(Trained trained, Window window, @Nullable ModelVersion inForce) {
    int skipped = window.skipped();
    try {
      // The way of every reader of the models topic, self-test included.
      ModelCodec.decode(ModelCodec.encode(trained.model()));
    } catch (IllegalArgumentException e) {
      return Outcome.vetoed(trained, "it would be refused: " + e.getMessage(), skipped);
    }
    Observations newest = newest(window.observations());
    double alpha = Veto.alpha(config.alertRate());
    int flags = flags(trained.model(), newest, alpha);
    if (flags < 0) {
      return Outcome.vetoed(trained, "it gives scores that are not finite", skipped);
    }
    if (inForce == null) {
      return Outcome.passed(trained, "no model was in force", skipped);
    }
    // What the model in force cannot score speaks for its successor.
    int flagsInForce = flags(inForce.model(), newest, alpha);
    Veto veto =
        new Veto(newest.size(), alpha, flags, flagsInForce < 0 ? newest.size() : flagsInForce);
    String numbers = veto.describe(inForce.version());
    return veto.isVetoed()
        ? Outcome.vetoed(trained, numbers, skipped)
        : Outcome.passed(trained, numbers, skipped);
  }

  private static Observations newest(Observations window) {
    int count = Veto.newest(window.size());
    return window.select(IntStream.range(window.size() - count, window.size()).toArray());
  }

  /** Returns how many rows the model flags, or -1 if it gives a score that is not finite. */
  private static int flags(TrainedModel model, Observations rows, double alpha) {
    Scorer scorer = new Scorer(model);
    int flags = 0;
    for (double[] observation : model.vae().features().translate(rows)) {
      if (!Double.isFinite(scorer.score(observation))) {
        return -1;
      }
      flags += scorer.pValue() <= alpha ? 1 : 0;
    }
    return flags;
  }
}
