package io.nelbo.streams.detector;

import io.nelbo.model.feature.Features;
import io.nelbo.model.score.Contribution;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.score.Scorer;
import io.nelbo.model.score.TrainedModel;
import io.nelbo.model.vae.EnsembleBlockElbo;
import io.nelbo.schemas.ModelReference;
import io.nelbo.streams.input.BadRecordException;
import io.nelbo.streams.input.ObservationReader;
import io.nelbo.streams.input.Reason;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Scores records by one version of the model. NOT thread safe; one a task, made anew when another
 * version comes in force.
 *
 * <p>Several records cost less together than one after the other. So the records that come next are
 * scored along with one, and wait, as scores, until it is their turn: what is forwarded, and
 * committed, is the same as if each had been scored then. The scratch space for that is large and
 * belongs to the thread: of its tasks one is at work at a time, and takes its scores at once.
 */
final class RecordScorer {
  private static final byte[] NONE = {};
  private static final ThreadLocal<@Nullable Scratch> SCRATCH = new ThreadLocal<>();

  private record Scratch(TrainedModel model, EnsembleBlockElbo elbo) {}

  private final ModelVersion version;
  private final Features features;
  private final ModelReference reference;
  private final ObservationReader reader;
  private final Scorer explainer;
  private double[][] observations = new double[0][];
  private double[] reconstructions = new double[0];
  private double[] kls = new double[0];
  private byte[][] values = new byte[0][]; // of those that wait for their turn
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
    explainer = new Scorer(version.model());
  }

  boolean isOf(ModelVersion other) {
    return version.equals(other);
  }

  /**
   * Scores a record's value and returns its p-value.
   *
   * @param partition of which what this thread has polled beside it is scored along
   */
  double pValue(byte @Nullable [] value, long offset, TopicPartition partition)
      throws BadRecordException {
    current++;
    explained = false;
    if (current < count && values[current] == value) {
      values[current] = NONE;
      if (current == count - 1) {
        Upcoming.of(partition).dropTo(offset, value);
      }
    } else {
      Upcoming upcoming = Upcoming.of(partition);
      scoreFrom(value, upcoming.dropTo(offset, value) ? upcoming : null);
    }
    return pValueOfCurrent();
  }

  private void scoreFrom(byte @Nullable [] value, @Nullable Upcoming upcoming)
      throws BadRecordException {
    count = 0;
    current = 0;
    EnsembleBlockElbo elbo = elbo(version.model());
    int atMost = upcoming == null ? 1 : elbo.width();
    if (observations.length < atMost) {
      observations = new double[atMost][features.count()];
      reconstructions = new double[atMost];
      kls = new double[atMost];
      values = new byte[atMost][];
    }
    Arrays.fill(values, NONE);
    reader.observe(value, features, observations[0]);
    int read = 1;
    while (upcoming != null && read < atMost && readAhead(upcoming, read)) {
      read++;
    }
    elbo.evaluate(observations, read);
    for (int i = 0; i < read; i++) {
      reconstructions[i] = elbo.reconstruction(i);
      kls[i] = elbo.kl(i);
    }
    count = read;
  }

  /** This thread's, made anew for another model. */
  private static EnsembleBlockElbo elbo(TrainedModel model) {
    Scratch scratch = SCRATCH.get();
    if (scratch == null || scratch.model != model) {
      scratch = new Scratch(model, new EnsembleBlockElbo(model.ensemble()));
      SCRATCH.set(scratch);
    }
    return scratch.elbo;
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
    lastPValue = version.model().calibration().pValue(score());
    return lastPValue;
  }

  /** The last score, in nats. */
  double score() {
    return reconstructions[current] + kls[current];
  }

  /** What there is to say of the last record, put together for those that anything is said of. */
  Scored scored() {
    return new Scored(score(), reconstructions[current], kls[current], lastPValue, reference);
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
