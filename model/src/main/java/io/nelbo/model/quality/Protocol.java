package io.nelbo.model.quality;

import io.nelbo.model.train.TrainingException;
import org.jspecify.annotations.Nullable;

/** How a detector is tested: what it learns from, and what it scores. Immutable. */
public abstract sealed class Protocol permits Protocol.Once, StreamProtocol {
  private final String name;

  Protocol(String name) {
    this.name = name;
  }

  /** Trained on a random half of the normal records, tested on all others. */
  public static Protocol semi() {
    return new Once("semi", Split::halfOfNormals);
  }

  /** Trained on all records without their labels, tested on the same. */
  public static Protocol unsup() {
    return new Once("unsup", (anomalous, seed) -> Split.everything(anomalous.length));
  }

  /** Trained on the first records, tested on all. */
  public static Protocol prefix(Initial initial) {
    return new Once("prefix", (anomalous, seed) -> Split.prefix(anomalous, initial));
  }

  /**
   * Prequential: trained on the first records, then interval by interval scored and after that
   * learned from. Anomalies that the first records pass over are not tested.
   *
   * @param windowRecords how many of the newest records are learned from
   * @param alertRate at which a new detector is compared with the one in force
   */
  public static Protocol stream(
      Initial initial,
      Interval interval,
      int windowRecords,
      Retraining retraining,
      double alertRate) {
    return new StreamProtocol(initial, interval, windowRecords, retraining, alertRate);
  }

  public final String name() {
    return name;
  }

  /** Whether it learns again while it is tested; null if there is nothing to learn meanwhile. */
  public @Nullable Retraining retraining() {
    return null;
  }

  abstract void run(Trial trial) throws TrainingException;

  private interface Splitting {
    Split split(boolean[] anomalous, long seed) throws TrainingException;
  }

  /** Trained once, then tested. */
  static final class Once extends Protocol {
    private final Splitting splitting;

    Once(String name, Splitting splitting) {
      super(name);
      this.splitting = splitting;
    }

    @Override
    void run(Trial trial) throws TrainingException {
      Split rows = splitting.split(trial.anomalous(), trial.seed());
      trial.score(trial.fit(rows.training()), rows.test());
    }
  }
}
