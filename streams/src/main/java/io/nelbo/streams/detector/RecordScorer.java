package io.nelbo.streams.detector;

import io.nelbo.model.score.Contribution;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.score.Scorer;
import io.nelbo.schemas.ModelReference;
import io.nelbo.streams.input.BadRecordException;
import io.nelbo.streams.input.ObservationReader;
import io.nelbo.streams.input.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scores records by one version of the model, with the scratch that takes. NOT thread safe; made
 * anew when another version comes in force.
 */
final class RecordScorer {
  private final ModelVersion version;
  private final ModelReference reference;
  private final ObservationReader reader;
  private final Scorer scorer;
  private final double[] observation;
  private double lastScore;
  private double lastPValue;

  RecordScorer(ModelVersion version, ObservationReader reader) {
    this.version = version;
    this.reader = reader;
    reference =
        new ModelReference(
            version.name(), version.version(), version.model().sha256(), version.trainedAt());
    scorer = new Scorer(version.model());
    observation = new double[version.model().features().count()];
  }

  boolean isOf(ModelVersion other) {
    return version.equals(other);
  }

  /** Scores a record's value and returns its p-value. */
  double pValue(byte @Nullable [] value) throws BadRecordException {
    reader.observe(value, version.model().features(), observation);
    double score = scorer.score(observation);
    if (!Double.isFinite(score)) {
      throw new BadRecordException(
          Reason.NOT_FINITE,
          "the score under version %d of model %s is %s"
              .formatted(version.version(), version.name(), score));
    }
    lastScore = score;
    lastPValue = scorer.pValue();
    return lastPValue;
  }

  /** The last score, in nats. */
  double score() {
    return lastScore;
  }

  /** The SHA-256 of the model. */
  String sha256() {
    return reference.getSha256();
  }

  /** What there is to say of the last record, put together for those that anything is said of. */
  Scored scored() {
    return new Scored(lastScore, scorer.reconstruction(), scorer.kl(), lastPValue, reference);
  }

  /** Explains the last score: the features that add most, most first. */
  List<Contribution> contributions(int atMost) {
    return scorer.contributions(atMost);
  }

  /** The KL of the last score beside its mean over normal records, in nats. */
  double klContribution() {
    return scorer.klContribution();
  }
}
