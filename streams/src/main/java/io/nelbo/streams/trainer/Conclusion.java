package io.nelbo.streams.trainer;

import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.score.TrainingReport;
import io.nelbo.model.train.Trained;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.TrainerState;
import io.nelbo.streams.config.TrainerConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows from a training that has ended: its model is published or not, which is told, and
 * when the next may begin. Belongs to the stream thread; one a processor.
 */
final class Conclusion {
  private static final Logger log = LoggerFactory.getLogger(Conclusion.class);

  private final TrainerConfig config;
  private final RetrainSchedule schedule;
  private final TrainerMemory memory;
  private final Publication publication;
  private final Candidacy candidacy;
  private final ModelEvents events;
  private final TrainerMetrics metrics;
  private final TrainerStatus status;
  private long trainedAgainst;
  private int failuresInARow;
  private long notBefore = Long.MIN_VALUE;

  Conclusion(
      TrainerConfig config,
      RetrainSchedule schedule,
      TrainerMemory memory,
      Publication publication,
      Candidacy candidacy,
      ModelEvents events,
      TrainerMetrics metrics,
      TrainerStatus status) {
    this.config = config;
    this.schedule = schedule;
    this.memory = memory;
    this.publication = publication;
    this.candidacy = candidacy;
    this.events = events;
    this.metrics = metrics;
    this.status = status;
  }

  /** A training begins, whose model is compared with the newest version. */
  void awaitTraining() {
    trainedAgainst = publication.newest();
  }

  /** The time before which no other training may begin. */
  long notBefore() {
    return notBefore;
  }

  /** Draws the conclusion. */
  void draw(Outcome outcome, long now) {
    if (outcome.kind() == Outcome.Kind.FAILED) {
      fail(outcome, now);
      return;
    }
    Trained trained = Objects.requireNonNull(outcome.trained());
    long version = publication.newest() + 1;
    String reason = reason(outcome, now);
    metrics.trained(trained.report());
    tellTrained(trained.report(), version);
    String overtaken = overtaken();
    if (overtaken != null) {
      metrics.vetoed();
      events.tell(ModelEventKind.VETOED, version, overtaken, Map.of());
    } else if (outcome.kind() == Outcome.Kind.VETOED) {
      metrics.vetoed();
      events.tell(ModelEventKind.VETOED, version, reason, Map.of());
      settle(now);
    } else {
      publish(trained, version, reason, now);
    }
  }

  private void tellTrained(TrainingReport report, long version) {
    events.tell(
        ModelEventKind.TRAINED,
        version,
        String.format(
            Locale.ROOT,
            "on %,d records, %,d steps in %.0f s on %s, validation ELBO %.3f nats",
            report.records(),
            report.steps(),
            report.seconds(),
            report.device(),
            report.validationElbo()),
        Map.of(
            "records", (double) report.records(),
            "trained", (double) report.trained(),
            "calibrated", (double) report.calibrated(),
            "steps", (double) report.steps(),
            "seconds", report.seconds(),
            "trainElbo", report.trainElbo(),
            "validationElbo", report.validationElbo()));
  }

  private void publish(Trained trained, long version, String reason, long now) {
    ModelVersion next =
        PublishedModel.of(trained, config.modelName(), version, Instant.ofEpochMilli(now), reason);
    long former = publication.newest();
    TrainerState state = memory.load();
    int bytes;
    try {
      if (candidacy.isAsked(state)) {
        candidacy.open(next, reason, now);
        settle(now);
        return;
      }
      bytes = publication.publish(next, state, now);
    } catch (IllegalArgumentException e) {
      fail(Outcome.failed(String.valueOf(e.getMessage()), 0), now);
      return;
    }
    memory.save(state);
    failuresInARow = 0;
    metrics.published();
    Map<String, Double> numbers = new HashMap<>(memory.tally().numbersOf(former));
    numbers.put("bytes", (double) bytes);
    events.tell(ModelEventKind.PUBLISHED, version, reason, numbers);
  }

  /** Says what a person did while the candidate was trained, which must not undo it; or null. */
  private @Nullable String overtaken() {
    Long pinned = memory.pinned();
    if (pinned != null) {
      return "version " + pinned + " was pinned while it was trained";
    }
    return publication.newest() == trainedAgainst
        ? null
        : "version %d came in force while it was trained".formatted(publication.newest());
  }

  /** What was decided is done, to no avail. */
  private void settle(long now) {
    publication.history().trainedAt(now);
    failuresInARow = 0;
    TrainerState state = memory.load();
    TrainerMemory.settle(state);
    memory.save(state);
  }

  private String reason(Outcome outcome, long now) {
    if (publication.lastTraining() == RetrainSchedule.NEVER) {
      return outcome.kind() == Outcome.Kind.PASSED ? "first model" : outcome.reason();
    }
    String decided = memory.load().getRetrain();
    String why =
        decided == null
            ? "retrained after "
                + Spans.describe(Duration.ofMillis(now - publication.lastTraining()))
            : decided;
    return why + "; " + outcome.reason();
  }

  private void fail(Outcome outcome, long now) {
    failuresInARow++;
    metrics.failed();
    status.failed();
    Duration backoff = schedule.backoff(failuresInARow);
    notBefore = now + backoff.toMillis();
    events.tell(
        ModelEventKind.FAILED,
        null,
        "next try in %d s, what is in force stays: %s"
            .formatted(backoff.toSeconds(), outcome.reason()),
        Map.of("failuresInARow", (double) failuresInARow));
    if (outcome.cause() != null) {
      log.error("training {} failed by a defect", config.modelName(), outcome.cause());
    }
  }
}
