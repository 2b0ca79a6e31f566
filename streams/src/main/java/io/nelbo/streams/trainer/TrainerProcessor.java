package io.nelbo.streams.trainer;

import io.nelbo.model.policy.Hold;
import io.nelbo.model.quality.Admission;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.train.TrainingListener;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.HeldSpan;
import io.nelbo.schemas.Model;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.TrainerState;
import io.nelbo.streams.config.TrainerConfig;
import io.nelbo.streams.models.CurrentModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
  private final AvroSerde<Model> serde;
  private final TrainerStatus status;
  private final RetrainSchedule schedule;

  private ProcessorContext<byte[], byte[]> context;
  private WindowStore<Bytes, byte[]> window;
  private Publication publication;
  private ModelEvents events;
  private TrainerMemory memory;
  private Candidacy candidacy;
  private Conclusion conclusion;
  private TrainerMetrics metrics;
  private TrainingWorker worker;
  private long records;
  private long warnedAt;

  TrainerProcessor(
      TrainerConfig config,
      CurrentModel current,
      Retraining retraining,
      AvroSerde<Model> serde,
      TrainerStatus status) {
    this.config = config;
    this.current = current;
    this.retraining = retraining;
    this.serde = serde;
    this.status = status;
    schedule =
        new RetrainSchedule(
            config.retrainMaxAge(), config.retrainInterval(), config.retrainMinRecords());
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    window = context.getStateStore(TrainerTopology.WINDOW_STORE);
    memory =
        new TrainerMemory(
            context.getStateStore(TrainerTopology.DECISIONS_STORE), config.modelName());
    metrics = new TrainerMetrics(context, status);
    events = new ModelEvents(config, current, context);
    publication = new Publication(config, current, serde, context, events);
    candidacy =
        new Candidacy(
            config,
            current,
            memory,
            new ShadowMemory(
                context.getStateStore(TrainerTopology.DECISIONS_STORE), config.modelName()),
            publication,
            events,
            metrics);
    conclusion =
        new Conclusion(config, schedule, memory, publication, candidacy, events, metrics, status);
    worker = new TrainingWorker();
    records = recordsUpTo(config.retrainMinRecords());
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
    publication.adopt();
    for (var refusal = current.nextRefusal(); refusal != null; refusal = current.nextRefusal()) {
      events.tell(ModelEventKind.REFUSED, null, refusal.sentence("trainer"), Map.of());
    }
    candidacy.check(now);
    if (worker.isBusy()) {
      Outcome outcome = worker.poll();
      if (outcome != null) {
        metrics.trainingEnds();
        metrics.skipped(outcome.skipped());
        conclusion.draw(outcome, now);
      }
    } else if (now < conclusion.notBefore() || !schedule.isEnough(records)) {
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

  /** It was decided so, or the model is old; while it is held or pinned, neither counts. */
  private boolean isDue(TrainerState state, long now) {
    return TrainerMemory.policy(state).hold() == Hold.NONE
        && memory.pinned() == null
        && (isDecided(state) || schedule.isOld(now, publication.lastTraining()));
  }

  /** While a candidate is compared, only what a person accepted is learned. */
  private boolean isDecided(TrainerState state) {
    return state.getRetrain() != null && (state.getAccepted() || !candidacy.isOpen());
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
    conclusion.awaitTraining();
    TrainingWorker owner = worker;
    TrainingListener cancelled = (step, steps, loss) -> !owner.isClosed();
    metrics.trainingBegins();
    worker.start(() -> retraining.run(snapshot, inForce, admission, cancelled));
  }

  @Override
  public void close() {
    status.assigned(false);
    worker.close();
    metrics.close();
  }
}
