package io.nelbo.model.quality;

import io.nelbo.model.feature.Observations;
import io.nelbo.model.train.TrainingConfig;
import io.nelbo.model.train.TrainingException;
import io.nelbo.model.train.TrainingListener;
import java.util.List;

/**
 * The quality of a detector on labelled observations under one protocol. Records are judged one by
 * one: an alert never counts for its neighbours.
 *
 * @param features how many features the detector found
 * @param trained how many records it was given at first to learn and calibrate on
 * @param intervals of a stream, and what followed from each; empty of other protocols
 * @param alerts what its own p-values flag at each rate that was asked for
 * @param trainSeconds of all its trainings, calibration included
 * @param scoreSeconds of all its scores, the first and slowest ones included
 */
public record Evaluation(
    Detector detector,
    Protocol protocol,
    long seed,
    int features,
    int trained,
    List<StreamInterval> intervals,
    Ranking ranking,
    List<AtRate> alerts,
    double trainSeconds,
    double scoreSeconds) {
  public Evaluation {
    intervals = List.copyOf(intervals);
    alerts = List.copyOf(alerts);
  }

  /** Returns how many retrainings ended so. */
  public long retrainings(StreamInterval.Outcome outcome) {
    return intervals.stream().filter(interval -> interval.outcome() == outcome).count();
  }

  /** What p-values of {@code rate} or less flag. */
  public record AtRate(double rate, Alarms alarms) {}

  public double recordsPerSecond() {
    return ranking.records() / scoreSeconds;
  }

  /**
   * Trains and tests a detector.
   *
   * @param anomalous the truth, one a row of the data
   * @param alertRates at which to count alerts
   * @param config whose seed also draws the protocol's split
   * @throws IllegalArgumentException if the rows to test are not of both kinds, or there are fewer
   *     rows than the protocol trains on
   */
  public static Evaluation of(
      Detector detector,
      Observations data,
      boolean[] anomalous,
      Protocol protocol,
      List<Double> alertRates,
      TrainingConfig config,
      TrainingListener listener)
      throws TrainingException {
    Trial trial = new Trial(detector, data, anomalous, config, listener);
    protocol.run(trial);
    return new Evaluation(
        detector,
        protocol,
        config.seed(),
        trial.features(),
        trial.trained(),
        trial.intervals(),
        trial.ranking(),
        alertRates.stream().map(rate -> new AtRate(rate, trial.alerts(rate))).toList(),
        trial.trainSeconds(),
        trial.scoreSeconds());
  }
}
