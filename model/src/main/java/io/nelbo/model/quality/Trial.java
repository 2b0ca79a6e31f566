package io.nelbo.model.quality;

import io.nelbo.model.feature.Observations;
import io.nelbo.model.policy.Decision;
import io.nelbo.model.policy.PValueCounts;
import io.nelbo.model.train.TrainingConfig;
import io.nelbo.model.train.TrainingException;
import io.nelbo.model.train.TrainingListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** A detector under test: fits it as a protocol asks, and keeps its scores. NOT thread safe. */
final class Trial {
  private final Detector detector;
  private final Observations data;
  private final boolean[] anomalous;
  private final TrainingConfig config;
  private final TrainingListener listener;
  private final double[] scores;
  private final double[] pValues;
  private final boolean[] truth;
  private final List<StreamInterval> intervals = new ArrayList<>();
  private int tested;
  private int trained;
  private int features;
  private long trainNanos;
  private long scoreNanos;
  private boolean cancelled;

  Trial(
      Detector detector,
      Observations data,
      boolean[] anomalous,
      TrainingConfig config,
      TrainingListener listener) {
    this.detector = detector;
    this.data = data;
    this.anomalous = anomalous;
    this.config = config;
    this.listener =
        (step, steps, loss) -> {
          cancelled |= !listener.onProgress(step, steps, loss);
          return !cancelled;
        };
    scores = new double[anomalous.length];
    pValues = new double[anomalous.length];
    truth = new boolean[anomalous.length];
  }

  boolean[] anomalous() {
    return anomalous;
  }

  long seed() {
    return config.seed();
  }

  FittedDetector fit(int[] rows) throws TrainingException {
    FittedDetector fitted = timed(data.select(rows), row -> true);
    trained = rows.length;
    features = fitted.features().count();
    return fitted;
  }

  /** Fits again, and returns what is in force then; a training that fails changes nothing. */
  FittedDetector refit(
      FittedDetector inForce,
      int[] rows,
      Admission admission,
      double alertRate,
      PValueCounts counts,
      Decision decision)
      throws TrainingException {
    Observations window = data.select(rows);
    FittedDetector candidate;
    try {
      candidate = timed(window, admission.learnable(inForce, window));
    } catch (TrainingException e) {
      if (cancelled) {
        throw e;
      }
      note(counts, decision, StreamInterval.Outcome.FAILED, String.valueOf(e.getMessage()));
      return inForce;
    }
    Succession succession =
        Succession.of(candidate, inForce, "the one in force", window, admission, alertRate);
    note(
        counts,
        decision,
        succession.isAllowed() ? StreamInterval.Outcome.REPLACED : StreamInterval.Outcome.VETOED,
        decision.reason() + "; " + succession.reason());
    return succession.isAllowed() ? candidate : inForce;
  }

  /** Keeps what followed from an interval. */
  void note(PValueCounts counts, Decision decision, StreamInterval.Outcome outcome, String reason) {
    intervals.add(
        new StreamInterval(
            (int) counts.records(),
            counts.flaggedShare(),
            counts.unlikelyShare(),
            counts.bulkShift(),
            decision.action(),
            outcome,
            reason));
  }

  private FittedDetector timed(Observations window, IntPredicate learnable)
      throws TrainingException {
    long start = System.nanoTime();
    FittedDetector fitted = detector.fit(window, learnable, config, listener);
    trainNanos += System.nanoTime() - start;
    return fitted;
  }

  /** Scores rows, and counts their p-values. */
  void score(FittedDetector fitted, int[] rows, PValueCounts counts) {
    int first = tested;
    score(fitted, rows);
    for (int i = first; i < tested; i++) {
      counts.add(pValues[i]);
    }
  }

  void score(FittedDetector fitted, int[] rows) {
    double[][] observations = fitted.features().translate(data.select(rows));
    long start = System.nanoTime();
    for (int i = 0; i < rows.length; i++) {
      scores[tested + i] = fitted.score().applyAsDouble(observations[i]);
    }
    scoreNanos += System.nanoTime() - start;
    for (int row : rows) {
      pValues[tested] = fitted.calibration().pValue(scores[tested]);
      truth[tested++] = anomalous[row];
    }
  }

  Ranking ranking() {
    return Ranking.of(Arrays.copyOf(scores, tested), Arrays.copyOf(truth, tested));
  }

  /** What p-values of a rate or less flag. */
  Alarms alerts(double rate) {
    boolean[] flagged = new boolean[tested];
    for (int i = 0; i < tested; i++) {
      flagged[i] = pValues[i] <= rate;
    }
    return Alarms.of(flagged, Arrays.copyOf(truth, tested));
  }

  int trained() {
    return trained;
  }

  int features() {
    return features;
  }

  List<StreamInterval> intervals() {
    return intervals;
  }

  double trainSeconds() {
    return trainNanos / 1e9;
  }

  double scoreSeconds() {
    return scoreNanos / 1e9;
  }
}
