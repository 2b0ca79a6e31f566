package io.nelbo.streams.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nelbo.model.policy.Hold;
import io.nelbo.model.quality.Admission;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.score.TrainingReport;
import io.nelbo.model.train.Trained;
import io.nelbo.model.train.TrainingListener;
import io.nelbo.schemas.HeldSpan;
import io.nelbo.schemas.Model;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.TrainerState;
import io.nelbo.streams.config.TrainerConfig;
import io.nelbo.streams.models.CurrentModel;
import io.nelbo.streams.models.ModelDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.WindowStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the window, has it learned from when that is due, and publishes what comes of it.
 *
 * <p>Everything here runs on the stream thread, except the training, which the {@link
 * TrainingWorker} does: a check, once a second, hands it a snapshot, and a later check forwards the
 * model inside the transaction that also keeps its version and time.
 */
final class TrainerProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Logger log = LoggerFactory.getLogger(TrainerProcessor.class);
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);
  private static final long WARN_INTERVAL_MS = Duration.ofMinutes(1).toMillis();

  private final TrainerConfig config;
  private final CurrentModel current;
  private final Retraining retraining;
  private final Serializer<Model> serializer;
  private final TrainerStatus status;
  private final RetrainSchedule schedule;

  private ProcessorContext<byte[], byte[]> context;
  private WindowStore<Bytes, byte[]> window;
  private TrainingHistory history;
  private TrainerMemory memory;
  private ModelEvents events;
  private TrainerMetrics metrics;
  private TrainingWorker worker;
  private long records;
  private int failuresInARow;
  private long notBefore;
  private long warnedAt;

  TrainerProcessor(
      TrainerConfig config,
      CurrentModel current,
      Retraining retraining,
      Serializer<Model> serializer,
      TrainerStatus status) {
    this.config = config;
    this.current = current;
    this.retraining = retraining;
    this.serializer = serializer;
    this.status = status;
    schedule =
        new RetrainSchedule(
            config.retrainMaxAge(), config.retrainInterval(), config.retrainMinRecords());
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    window = context.getStateStore(TrainerTopology.WINDOW_STORE);
    history =
        new TrainingHistory(
            context.getStateStore(TrainerTopology.HISTORY_STORE), config.modelName());
    memory =
        new TrainerMemory(
            context.getStateStore(TrainerTopology.DECISIONS_STORE), config.modelName());
    events = new ModelEvents(config, current, context);
    metrics = new TrainerMetrics(context, status);
    worker = new TrainingWorker();
    records = recordsUpTo(config.retrainMinRecords());
    failuresInARow = 0;
    notBefore = Long.MIN_VALUE;
    warnedAt = Long.MIN_VALUE;
    status.records(records);
    status.assigned(true);
    context.schedule(CHECK_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::check);
  }

  /** Counting stops at what matters: whether there are enough to train on. */
  private long recordsUpTo(long enough) {
    long count = 0;
    try (var all = window.all()) {
      while (count < enough && all.hasNext()) {
        all.next();
        count++;
      }
    }
    return count;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Bytes source = SourceKey.of(record.headers());
    if (source == null || record.value() == null) {
      metrics.skipped(1);
      warnOfStranger();
      return;
    }
    window.put(source, record.value(), record.timestamp());
    records++;
    status.records(records);
  }

  private void warnOfStranger() {
    long now = context.currentSystemTimeMs();
    if (warnedAt == Long.MIN_VALUE || now - warnedAt >= WARN_INTERVAL_MS) {
      warnedAt = now;
      log.warn(
          "skipped a record of {} that no detector wrote: it has no value or does not name its source in nelbo.partition and nelbo.offset",
          config.topics().window());
    }
  }

  private void check(long now) {
    if (worker.isBusy()) {
      Outcome outcome = worker.poll();
      if (outcome != null) {
        conclude(outcome, now);
      }
    } else if (now < notBefore || !schedule.isEnough(records)) {
      status.idle();
    } else {
      TrainerState state = memory.load();
      if (isDue(state, now)) {
        train(state);
      } else {
        status.idle();
      }
    }
  }

  /** It was decided so, or the model is old; while learning is held, neither counts. */
  private boolean isDue(TrainerState state, long now) {
    return TrainerMemory.policy(state).hold() == Hold.NONE
        && (state.getRetrain() != null || schedule.isOld(now, lastTraining()));
  }

  /** A model that this trainer did not train, or has forgotten, counts as a training too. */
  private long lastTraining() {
    ModelVersion inForce = current.get();
    long inForceSince =
        inForce == null ? RetrainSchedule.NEVER : inForce.trainedAt().toEpochMilli();
    return Math.max(history.lastTraining(), inForceSince);
  }

  private void train(TrainerState state) {
    List<HeldSpan> held = state.getHeld();
    Admission admission = state.getAccepted() ? Admission.ALL : Admission.TRIMMED;
    WindowSnapshot snapshot =
        WindowSnapshot.newest(
            window,
            timestamp -> !HeldSpans.contain(held, timestamp),
            config.windowMaxRecords(),
            config.windowDuration());
    // Until now records that came twice or have expired since were counted as well.
    records = snapshot.size();
    status.records(records);
    if (records < config.retrainMinRecords()) {
      return;
    }
    log.info("training {} on {} records", config.modelName(), records);
    ModelVersion inForce = current.get();
    TrainingWorker owner = worker;
    TrainingListener cancelled = (step, steps, loss) -> !owner.isClosed();
    metrics.trainingBegins();
    worker.start(() -> retraining.run(snapshot, inForce, admission, cancelled));
  }

  private void conclude(Outcome outcome, long now) {
    metrics.trainingEnds();
    metrics.skipped(outcome.skipped());
    if (outcome.kind() == Outcome.Kind.FAILED) {
      fail(outcome, now);
      return;
    }
    Trained trained = Objects.requireNonNull(outcome.trained());
    long version = nextVersion();
    String reason = reason(outcome, now);
    metrics.trained(trained.report());
    tellTrained(trained.report(), version);
    if (outcome.kind() == Outcome.Kind.VETOED) {
      metrics.vetoed();
      events.tell(ModelEventKind.VETOED, version, reason, Map.of());
      settle(now, TrainerMemory::settle);
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
        PublishedModel.of(trained, name(), version, Instant.ofEpochMilli(now), reason);
    byte[] value;
    try {
      value = PublishedModel.bytes(next, config.topics().models(), serializer);
    } catch (IllegalArgumentException e) {
      fail(Outcome.failed(String.valueOf(e.getMessage()), 0), now);
      return;
    }
    Record<byte[], byte[]> published = new Record<>(name().getBytes(UTF_8), value, now);
    ModelDigest.addTo(published.headers(), value);
    context.forward(published, TrainerTopology.PUBLISHED);
    history.published(version, now);
    metrics.published();
    events.tell(ModelEventKind.PUBLISHED, version, reason, Map.of("bytes", (double) value.length));
    settle(now, state -> TrainerMemory.begin(state, version));
  }

  /** What was decided is done. */
  private void settle(long now, Consumer<TrainerState> change) {
    history.trainedAt(now);
    failuresInARow = 0;
    TrainerState state = memory.load();
    change.accept(state);
    memory.save(state);
  }

  private long nextVersion() {
    ModelVersion inForce = current.get();
    return Math.max(history.version(), inForce == null ? 0 : inForce.version()) + 1;
  }

  private String reason(Outcome outcome, long now) {
    if (lastTraining() == RetrainSchedule.NEVER) {
      return outcome.kind() == Outcome.Kind.PASSED ? "first model" : outcome.reason();
    }
    String decided = memory.load().getRetrain();
    String why =
        decided == null
            ? "retrained after " + Spans.describe(Duration.ofMillis(now - lastTraining()))
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
      log.error("training {} failed by a defect", name(), outcome.cause());
    }
  }

  private String name() {
    return config.modelName();
  }

  @Override
  public void close() {
    status.assigned(false);
    worker.close();
    metrics.close();
  }
}
