package io.nelbo.streams.detector;

import io.nelbo.model.policy.PValueCounts;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.score.Scorer;
import io.nelbo.schemas.ShadowCounts;
import io.nelbo.streams.input.BadRecordException;
import io.nelbo.streams.input.ObservationReader;
import io.nelbo.streams.input.SchemaSource;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A candidate that scores one record in twenty beside the model in force, for the trainer to judge
 * it by; it raises no alert. NOT thread safe; one a task.
 *
 * <p>The records are those that come last into the window's sample, so that they are seldom what
 * the candidate was trained on. What is counted leaves at the caller's beat; of two models that
 * another pair follows, the rest is dropped.
 */
final class Shadow {
  private static final double SHARE = 1.0 / 20;

  private final ObservationReader reader;
  private final PValueCounts pValues;
  private @Nullable Candidate candidate;
  private double[] observation = new double[0];
  private long inForceVersion;
  private long inForceFlagged;
  private long bothFlagged;
  private double scoreShift;

  private record Candidate(ModelVersion version, Scorer scorer) {}

  /**
   * Creates a shadow of nothing.
   *
   * @param alpha at or below which a record counts as flagged
   */
  Shadow(SchemaSource schemas, double alpha) {
    // Its own: a reader is made for the features of one model.
    reader = new ObservationReader(schemas);
    pValues = new PValueCounts(alpha);
  }

  /**
   * Scores the record if it is one to be compared.
   *
   * @param pValue under the model in force
   * @param score under it
   */
  void compare(
      byte[] value,
      RecordMetadata source,
      ModelVersion next,
      ModelVersion inForce,
      double pValue,
      double score) {
    if (WindowSample.uniform(source) < 1 - SHARE) {
      return;
    }
    Candidate compared = compared(next, inForce);
    double other = 0;
    try {
      reader.observe(value, next.model().features(), observation);
      double otherScore = compared.scorer.score(observation);
      if (Double.isFinite(otherScore)) {
        other = compared.scorer.pValue();
        scoreShift += otherScore - score;
      }
    } catch (BadRecordException e) {
      // The model in force could score it: nothing is less likely to this one.
    }
    boolean isFlagged = pValue <= pValues.alpha();
    inForceFlagged += isFlagged ? 1 : 0;
    bothFlagged += isFlagged && other <= pValues.alpha() ? 1 : 0;
    pValues.add(other);
  }

  private Candidate compared(ModelVersion next, ModelVersion inForce) {
    Candidate ready = candidate;
    if (ready == null || !ready.version.equals(next) || inForce.version() != inForceVersion) {
      clear();
      ready = new Candidate(next, new Scorer(next.model()));
      candidate = ready;
      observation = new double[next.model().features().count()];
      inForceVersion = inForce.version();
    }
    return ready;
  }

  /** Returns what was counted, and begins anew; null if nothing was. */
  @Nullable ShadowCounts take() {
    Candidate compared = candidate;
    if (compared == null || pValues.records() == 0) {
      return null;
    }
    ShadowCounts taken =
        new ShadowCounts(
            inForceVersion,
            compared.version.model().sha256(),
            pValues.alpha(),
            inForceFlagged,
            pValues.flagged(),
            bothFlagged,
            scoreShift,
            pValues.bins());
    clear();
    return taken;
  }

  /** Lets the candidate go, which is one no more. */
  void forget() {
    candidate = null;
  }

  private void clear() {
    pValues.clear();
    inForceFlagged = 0;
    bothFlagged = 0;
    scoreShift = 0;
  }
}
