package io.nelbo.streams.detector;

import io.nelbo.model.feature.Features;
import io.nelbo.model.score.BlockScorer;
import io.nelbo.model.score.Contribution;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.score.Scorer;
import io.nelbo.schemas.ModelReference;
import io.nelbo.streams.input.BadRecordException;
import io.nelbo.streams.input.ObservationReader;
import io.nelbo.streams.input.Reason;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Scores records by one version of the model, with the scratch that takes. NOT thread safe; made
 * anew when another version comes in force.
 *
 * <p>Several records cost less together than one after the other. So the records that come next are
 * scored along with one, and wait, as scores, until it is their turn: what is forwarded, and
 * committed, is the same as if each had been scored then.
 */
final class RecordScorer {
  private final ModelVersion version;
  private final Features features;
  private final ModelReference reference;
  private final ObservationReader reader;
  private final BlockScorer scorer;
  private final Scorer explainer;
  private double[][] observations = new double[0][];
  private byte[][] values = new byte[0][]; // those of the observations
  private int count; // of those that are scored
  private int current;
  private boolean explained; // the current one
  private double lastPValue;

  RecordScorer(ModelVersion version, ObservationReader reader) {
    this.version = version;
    this.reader = reader;
    features = version.model().features();
    reference =
        new ModelReference(
            version.name(), version.version(), version.model().sha256(), version.trainedAt());
    scorer = new BlockScorer(version.model());
    explainer = new Scorer(version.model());
  }

  boolean isOf(ModelVersion other) {
    return version.equals(other);
  }

  /** Scores a record's value by itself and returns its p-value. */
  double pValue(byte @Nullable [] value) throws BadRecordException {
    scoreFrom(value, 1, null);
    return pValueOfCurrent();
  }

  /**
   * Scores a record's value and returns its p-value.
   *
   * @param partition of which this thread has polled more, that is scored along
   */
  double pValue(byte @Nullable [] value, long offset, TopicPartition partition)
      throws BadRecordException {
    current++;
    explained = false;
    if (current >= count || values[current] != value) {
      Upcoming upcoming = Upcoming.of(partition);
      upcoming.dropTo(offset);
      scoreFrom(value, scorer.width(), upcoming);
    }
    return pValueOfCurrent();
  }

  private void scoreFrom(byte @Nullable [] value, int atMost, @Nullable Upcoming upcoming)
      throws BadRecordException {
    count = 0;
    current = 0;
    explained = false;
    if (observations.length < atMost) {
      observations = new double[atMost][features.count()];
      values = new byte[atMost][];
    }
    reader.observe(value, features, observations[0]);
    int read = 1;
    while (upcoming != null && read < atMost && readAhead(upcoming, read)) {
      read++;
    }
    scorer.score(observations, read);
    count = read;
  }

  /**
   * Reads the i-th record from the current one. One that is bad, or has to wait for its schema, is
   * left for its turn, so that no other waits for it.
   */
  private boolean readAhead(Upcoming upcoming, int i) {
    ConsumerRecord<byte[], byte[]> next = upcoming.get(i - 1);
    if (next == null || !reader.isAtHand(next.value())) {
      return false;
    }
    try {
      reader.observe(next.value(), features, observations[i]);
    } catch (BadRecordException e) {
      return false;
    }
    values[i] = next.value();
    return true;
  }

  private double pValueOfCurrent() throws BadRecordException {
    if (!Double.isFinite(score())) {
      throw new BadRecordException(
          Reason.NOT_FINITE,
          "the score under version %d of model %s is %s"
              .formatted(version.version(), version.name(), score()));
    }
    lastPValue = scorer.pValue(current);
    return lastPValue;
  }

  /** The last score, in nats. */
  double score() {
    return scorer.score(current);
  }

  /** The SHA-256 of the model. */
  String sha256() {
    return reference.getSha256();
  }

  /** What there is to say of the last record, put together for those that anything is said of. */
  Scored scored() {
    return new Scored(
        score(), scorer.reconstruction(current), scorer.kl(current), lastPValue, reference);
  }

  /** Explains the last score: the features that add most, most first. */
  List<Contribution> contributions(int atMost) {
    return explainer().contributions(atMost);
  }

  /** The KL of the last score beside its mean over normal records, in nats. */
  double klContribution() {
    return explainer().klContribution();
  }

  /** Few records are explained, so that the parts of a score are computed only then. */
  private Scorer explainer() {
    if (!explained) {
      explainer.score(observations[current]);
      explained = true;
    }
    return explainer;
  }
}
