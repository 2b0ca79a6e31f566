package io.nelbo.streams.trainer;

import io.nelbo.model.policy.Decision;
import io.nelbo.model.policy.Hold;
import io.nelbo.model.policy.PolicyState;
import io.nelbo.model.policy.RetrainPolicy;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.IntervalCounts;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.ShadowCounts;
import io.nelbo.schemas.TrainerState;
import io.nelbo.streams.config.TrainerConfig;
import io.nelbo.streams.input.ObservationReader;
import io.nelbo.streams.input.SchemaSource;
import io.nelbo.streams.models.CurrentModel;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sums what the detectors count and decides by the {@link RetrainPolicy}, interval by interval;
 * {@link TrainerProcessor} does what was decided. Tells as well when the model's calibration is
 * lost, from which nothing else follows.
 */
final class DecisionProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Logger log = LoggerFactory.getLogger(DecisionProcessor.class);

  private final TrainerConfig config;
  private final CurrentModel current;
  private final SchemaSource schemas;
  private final RetrainPolicy policy;
  private final Deserializer<IntervalCounts> deserializer =
      AvroSerde.of(IntervalCounts.class).deserializer();

  private final Deserializer<ShadowCounts> shadowDeserializer =
      AvroSerde.of(ShadowCounts.class).deserializer();

  private TrainerMemory memory;
  private ShadowMemory shadow;
  private DecisionMetrics metrics;
  private ModelEvents events;
  private CalibrationGuard guard;

  DecisionProcessor(TrainerConfig config, CurrentModel current, SchemaSource schemas) {
    this.config = config;
    this.current = current;
    this.schemas = schemas;
    policy = RetrainPolicy.of(config.alertRate());
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    memory =
        new TrainerMemory(
            context.getStateStore(TrainerTopology.DECISIONS_STORE), config.modelName());
    shadow =
        new ShadowMemory(
            context.getStateStore(TrainerTopology.DECISIONS_STORE), config.modelName());
    metrics = new DecisionMetrics(context);
    events = new ModelEvents(config, current, context);
    guard =
        new CalibrationGuard(
            new DriftMemory(
                context.getStateStore(TrainerTopology.DECISIONS_STORE), config.modelName()),
            current,
            new RecentFeatures(
                context.getStateStore(TrainerTopology.WINDOW_STORE),
                new ObservationReader(schemas)));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (record.key() == null) {
      count(record.value());
    } else {
      compare(record.value());
    }
  }

  /** What a candidate did beside the model in force. */
  private void compare(byte @Nullable [] value) {
    try {
      ShadowCounts counts = shadowDeserializer.deserialize(config.topics().counts(), value);
      if (counts != null) {
        shadow.add(counts);
      }
    } catch (SerializationException e) {
      skip(String.valueOf(e.getMessage()));
    }
  }

  private void count(byte @Nullable [] value) {
    IntervalCounts counts;
    try {
      counts = deserializer.deserialize(config.topics().counts(), value);
    } catch (SerializationException e) {
      skip(String.valueOf(e.getMessage()));
      return;
    }
    if (counts == null || counts.getAlpha() != policy.alpha()) {
      skip(
          counts == null
              ? "it has no value"
              : "it counts at %s, this trainer at %s: alert.rate must be the same for both"
                  .formatted(counts.getAlpha(), policy.alpha()));
      return;
    }
    TrainerState state = memory.load();
    if (counts.getModelVersion() < state.getModelVersion()) {
      return; // of a model that is no longer in force
    }
    if (counts.getModelVersion() > state.getModelVersion()) {
      TrainerMemory.begin(state, counts.getModelVersion());
    }
    memory.tally().add(counts);
    OpenIntervals intervals =
        new OpenIntervals(state, config.retrainInterval().toMillis(), policy.alpha());
    if (intervals.add(counts)) {
      for (var closed = intervals.poll(); closed != null; closed = intervals.poll()) {
        decide(state, closed);
      }
      memory.save(state);
    } else {
      log.debug("counts of partition {} came too late", counts.getPartition());
    }
  }

  private void decide(TrainerState state, OpenIntervals.Closed interval) {
    if (state.getAccepted()) {
      return; // what comes until a successor is trained was accepted as well
    }
    CalibrationGuard.Lost lost = guard.look(state.getModelVersion(), interval);
    if (lost != null) {
      metrics.lost();
      events.tell(
          ModelEventKind.CALIBRATION_LOST,
          state.getModelVersion(),
          lost.sentence(),
          lost.numbers());
    }
    PolicyState before = TrainerMemory.policy(state);
    Decision decision = policy.decide(before, interval.counts());
    TrainerMemory.setPolicy(state, decision.next());
    log.info(
        "model {} version {}, decision {}: {}",
        config.modelName(),
        state.getModelVersion(),
        decision.action(),
        decision.reason());
    Map<String, Double> numbers =
        Map.of(
            "records", (double) interval.counts().records(),
            "flaggedShare", interval.counts().flaggedShare(),
            "unlikelyShare", interval.counts().unlikelyShare(),
            "shift", interval.counts().bulkShift(),
            "alpha", policy.alpha());
    if (decision.action() == Decision.Action.HOLD) {
      TrainerMemory.settle(state);
      HeldSpans.add(state, interval.from(), interval.to(), config.windowDuration().toMillis());
      if (before.hold() == Hold.NONE) {
        metrics.held();
        events.tell(ModelEventKind.HELD, state.getModelVersion(), decision.reason(), numbers);
      }
      return;
    }
    if (before.hold() != Hold.NONE) {
      events.tell(
          ModelEventKind.RELEASED,
          state.getModelVersion(),
          decision.reason() + "; what was held stays unlearned",
          numbers);
    }
    Long pinned = memory.pinned();
    if (decision.action() == Decision.Action.RETRAIN) {
      if (pinned != null && state.getRetrain() == null) {
        metrics.held();
        events.tell(
            ModelEventKind.HELD,
            state.getModelVersion(),
            "%s; version %d is pinned, so that no successor is trained until it is unpinned"
                .formatted(decision.reason(), pinned),
            numbers);
      }
      state.setRetrain(decision.reason());
    } else if (pinned != null && decision.next().equals(PolicyState.INITIAL)) {
      TrainerMemory.settle(state); // what was to be trained once it is unpinned is not needed
    }
  }

  private void skip(String why) {
    metrics.skipped();
    log.warn("skipped a record of {}: {}", config.topics().counts(), why);
  }

  @Override
  public void close() {
    metrics.close();
  }
}
