package io.nelbo.streams.trainer;

import io.nelbo.model.policy.RetrainPolicy;
import io.nelbo.model.quality.LiveComparison;
import io.nelbo.model.quality.Succession;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.ShadowCounts;
import io.nelbo.schemas.TrainerState;
import io.nelbo.streams.config.TrainerConfig;
import io.nelbo.streams.models.CurrentModel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model that has passed the veto on the window and has to pass it once more, on records that come
 * in: detectors score it beside the one in force, until enough are compared. Belongs to the stream
 * thread; one a processor.
 */
final class Candidacy {
  private final TrainerConfig config;
  private final CurrentModel current;
  private final TrainerMemory memory;
  private final ShadowMemory shadow;
  private final Publication publication;
  private final ModelEvents events;
  private final TrainerMetrics metrics;

  Candidacy(
      TrainerConfig config,
      CurrentModel current,
      TrainerMemory memory,
      ShadowMemory shadow,
      Publication publication,
      ModelEvents events,
      TrainerMetrics metrics) {
    this.config = config;
    this.current = current;
    this.memory = memory;
    this.shadow = shadow;
    this.publication = publication;
    this.events = events;
    this.metrics = metrics;
  }

  /** Whether a new model is to be compared first; what a person accepted is not. */
  boolean isAsked(TrainerState state) {
    return config.modelsShadow() && current.get() != null && !state.getAccepted();
  }

  /** Whether a candidate is being compared with what is in force. */
  boolean isOpen() {
    return sum() != null;
  }

  /** Of a candidate whose rival was replaced nothing more can be learned. */
  private @Nullable ShadowCounts sum() {
    ShadowCounts sum = shadow.load();
    return sum == null || sum.getModelVersion() != publication.newest() ? null : sum;
  }

  /**
   * Has a model compared.
   *
   * @throws IllegalArgumentException naming both sizes if it is too large for a message
   */
  void open(ModelVersion next, String reason, long now) {
    publication.propose(next, now);
    shadow.open(
        next.model().sha256(), publication.newest(), RetrainPolicy.of(config.alertRate()).alpha());
    metrics.proposed();
    events.tell(
        ModelEventKind.PROPOSED,
        next.version(),
        "%s; it is compared with version %d on %,d live records first"
            .formatted(reason, publication.newest(), config.modelsShadowRecords()),
        Map.of());
  }

  /** Decides once enough records are compared. */
  void check(long now) {
    ShadowCounts sum = sum();
    if (sum == null) {
      return;
    }
    LiveComparison comparison = ShadowMemory.comparison(sum);
    if (comparison.records() < config.modelsShadowRecords()) {
      return;
    }
    shadow.close();
    long version = publication.newest() + 1;
    ModelVersion candidate = current.candidate();
    Succession verdict = verdict(comparison, candidate, sum);
    Map<String, Double> numbers =
        Map.of(
            "records", (double) comparison.records(),
            "candidateFlaggedShare", comparison.candidate().flaggedShare(),
            "inForceFlaggedShare", (double) sum.getInForceFlagged() / comparison.records(),
            "overlap", comparison.overlap(),
            "shift", comparison.candidate().bulkShift(),
            "scoreShift", comparison.scoreShift());
    if (candidate == null || !verdict.isAllowed()) {
      metrics.vetoed();
      events.tell(ModelEventKind.VETOED, version, verdict.reason(), numbers);
    } else {
      TrainerState state = memory.load();
      publication.publish(next(candidate, version, verdict.reason()), state, now);
      memory.save(state);
      metrics.published();
      events.tell(ModelEventKind.PUBLISHED, version, verdict.reason(), numbers);
    }
    publication.withdraw(now);
  }

  private Succession verdict(
      LiveComparison comparison, @Nullable ModelVersion candidate, ShadowCounts sum) {
    Long pinned = memory.pinned();
    if (pinned != null) {
      return new Succession(false, "version " + pinned + " was pinned while it was compared");
    }
    if (candidate == null || !candidate.model().sha256().equals(sum.getCandidate())) {
      return new Succession(false, "it cannot be read back from the models topic");
    }
    return comparison.verdict("version " + sum.getModelVersion());
  }

  private static ModelVersion next(ModelVersion candidate, long version, String reason) {
    return new ModelVersion(
        candidate.name(),
        version,
        candidate.trainedAt(),
        candidate.model(),
        candidate.report().because(candidate.report().reason() + "; live it " + reason));
  }
}
