package io.nelbo.streams.trainer;

import io.nelbo.model.quality.Admission;
import io.nelbo.model.quality.FittedDetector;
import io.nelbo.model.quality.Succession;
import io.nelbo.model.score.ModelCodec;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.train.Trained;
import io.nelbo.model.train.TrainingConfig;
import io.nelbo.model.train.TrainingException;
import io.nelbo.model.train.TrainingListener;
import io.nelbo.streams.config.TrainerConfig;
import io.nelbo.streams.input.ObservationReader;
import io.nelbo.streams.input.SchemaSource;
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
   * @param admission of the snapshot's records to be trained on
   * @param listener may cancel the training
   */
  Outcome run(
      WindowSnapshot snapshot,
      @Nullable ModelVersion inForce,
      Admission admission,
      TrainingListener listener) {
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
    FittedDetector detector = inForce == null ? null : FittedDetector.of(inForce.model());
    try {
      Trained trained =
          training.train(
              window.observations(),
              admission.learnable(detector, window.observations()),
              window.from(),
              window.to(),
              trainingConfig(inForce),
              listener);
      return judge(trained, window, inForce, admission);
    } catch (TrainingException e) {
      return Outcome.failed(String.valueOf(e.getMessage()), window.skipped());
    }
  }

  private TrainingConfig trainingConfig(@Nullable ModelVersion inForce) {
    TrainingConfig defaults = TrainingConfig.defaults();
    return new TrainingConfig(
        config.trainSeed(),
        config.trainDevice(),
        config.modelProfile(),
        defaults.steps(),
        defaults.batchSize(),
        config.scoreSamples(),
        config.modelLikelihood(),
        config.trainTimeBudget(),
        config.trainWarmStart() && inForce != null ? inForce.model().ensemble() : null);
  }

  private Outcome judge(
      Trained trained, Window window, @Nullable ModelVersion inForce, Admission admission) {
    int skipped = window.skipped();
    try {
      // The way of every reader of the models topic, self-test included.
      ModelCodec.decode(ModelCodec.encode(trained.model()));
    } catch (IllegalArgumentException e) {
      return Outcome.vetoed(trained, "it would be refused: " + e.getMessage(), skipped);
    }
    Succession succession =
        Succession.of(
            FittedDetector.of(trained.model()),
            inForce == null ? null : FittedDetector.of(inForce.model()),
            inForce == null ? "none" : "version " + inForce.version(),
            window.observations(),
            admission,
            config.alertRate());
    return succession.isAllowed()
        ? Outcome.passed(trained, succession.reason(), skipped)
        : Outcome.vetoed(trained, succession.reason(), skipped);
  }
}
