package io.nelbo.streams.detector;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nelbo.model.policy.RetrainPolicy;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.schemas.Alert;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.Score;
import io.nelbo.schemas.ShadowCounts;
import io.nelbo.streams.config.DetectorConfig;
import io.nelbo.streams.input.BadRecordException;
import io.nelbo.streams.input.Decoded;
import io.nelbo.streams.input.ObservationReader;
import io.nelbo.streams.input.SchemaSource;
import io.nelbo.streams.live.LiveFeed;
import io.nelbo.streams.live.ScoreRing;
import io.nelbo.streams.live.StrayRecord;
import io.nelbo.streams.live.TaskFeed;
import io.nelbo.streams.models.CurrentModel;
import io.nelbo.streams.models.ModelKeys;
import io.nelbo.streams.topics.Topics;
import java.time.Duration;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Scores the records of one partition and routes them. What it holds of a task is made anew in
 * {@link #init}, because Kafka Streams uses an instance again after a task was corrupted.
 */
final class Detector extends ContextualProcessor<byte[], byte[], byte[], Object> {
  private static final Duration TALLY_BEAT = Duration.ofSeconds(1);

  private final DetectorConfig config;
  private final SchemaSource schemas;
  private final int inputPartitions;
  private final CurrentModel model;
  private final WarmUp warmUp;
  private final Findings findings;
  private final double alertRate;
  private final double policyAlpha;
  private final boolean scoresEnabled;
  private final boolean cloudEvents;
  private final @Nullable LiveFeed live;

  private TopicPartition partition;
  private ObservationReader reader;
  private @Nullable RecordScorer scorer;
  private WindowSample sample;
  private DeadLetters deadLetters;
  private IntervalTally tally;
  private Shadow shadow;
  private DetectorMetrics metrics;
  private @Nullable TaskFeed feed;

  Detector(
      DetectorConfig config,
      SchemaSource schemas,
      int inputPartitions,
      CurrentModel model,
      WarmUp warmUp,
      @Nullable LiveFeed live) {
    this.config = config;
    this.schemas = schemas;
    this.inputPartitions = inputPartitions;
    this.model = model;
    this.warmUp = warmUp;
    this.live = live;
    findings = new Findings(config);
    alertRate = config.alertRate();
    policyAlpha = RetrainPolicy.of(alertRate).alpha();
    scoresEnabled = config.scoresEnabled();
    cloudEvents = config.alertsAreCloudEvents();
  }

  @Override
  public void init(ProcessorContext<byte[], Object> context) {
    super.init(context);
    partition = new TopicPartition(config.inputTopic(), context.taskId().partition());
    reader = new ObservationReader(schemas);
    scorer = null;
    sample =
        new WindowSample(
            config.windowMaxRecords() / (double) inputPartitions, config.windowDuration());
    deadLetters = new DeadLetters();
    ScoreRing scores = new ScoreRing();
    metrics = new DetectorMetrics(context, scores, warmUp);
    feed = live == null ? null : live.open(scores);
    tally = new IntervalTally(config.retrainInterval(), policyAlpha);
    shadow = new Shadow(schemas, policyAlpha);
    context.schedule(
        TALLY_BEAT,
        PunctuationType.WALL_CLOCK_TIME,
        now -> {
          metrics.samplingProbability(sample.probability());
          if (!tally.isEmpty()) {
            forwardTally(now);
          }
          tellRefusals(now);
          forwardShadow(now);
        });
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata source = context().recordMetadata().orElseThrow();
    try {
      ModelVersion inForce = model.get();
      if (inForce == null) {
        warmUp(record, source);
      } else {
        score(record, source, inForce);
      }
    } catch (BadRecordException e) {
      deadLetter(record, source, e);
    }
  }

  private void deadLetter(
      Record<byte[], byte[]> record, RecordMetadata source, BadRecordException fault) {
    long now = context().currentSystemTimeMs();
    metrics.deadLetter(fault.reason());
    context().forward(deadLetters.of(record, source, fault, now), DetectorTopology.DEAD_LETTERS);
    if (feed != null) {
      feed.deadLetter(
          new StrayRecord(
              fault.reason().name(),
              String.valueOf(fault.getMessage()),
              source.topic(),
              source.partition(),
              source.offset(),
              now));
    }
  }

  private void score(Record<byte[], byte[]> record, RecordMetadata source, ModelVersion inForce)
      throws BadRecordException {
    RecordScorer scorer = scorerOf(inForce);
    double pValue = scorer.pValue(record.value(), source.offset(), partition);
    long now = context().currentSystemTimeMs();
    Alert alert = pValue <= alertRate ? alert(record, source, scorer, now) : null;
    metrics.scored(scorer.score(), pValue, now);
    if (tally.isComplete(record.timestamp(), inForce.version())) {
      forwardTally(now);
    }
    tally.add(pValue, record.timestamp(), inForce.version());
    ModelVersion candidate = model.candidate();
    if (candidate != null) {
      shadow.compare(record.value(), source, candidate, inForce, pValue, scorer.score());
    }
    if (scoresEnabled) {
      Score score = findings.score(record, source, scorer.scored(), now);
      context().forward(record.withValue(score), DetectorTopology.SCORES);
    }
    if (alert != null) {
      metrics.alert(alert.getSeverity());
      Record<byte[], Object> told = record.withValue(alert);
      if (cloudEvents) {
        CloudEventHeaders.write(told.headers(), alert);
      }
      context().forward(told, DetectorTopology.ALERTS);
      if (feed != null) {
        feed.alert(alert, record.key(), now);
      }
    }
    if (sample.takes(source, record.timestamp())) {
      metrics.sampled();
      Record<byte[], Object> sampled = WindowRecords.scored(record, source, scorer.scored());
      context().forward(sampled, DetectorTopology.WINDOW);
    }
  }

  private Alert alert(
      Record<byte[], byte[]> record, RecordMetadata source, RecordScorer scorer, long now)
      throws BadRecordException {
    Decoded decoded = reader.decode(record.value());
    return findings.alert(record, source, decoded, scorer.scored(), scorer, now);
  }

  private void forwardTally(long now) {
    int partition = context().taskId().partition();
    context().forward(new Record<>(null, tally.take(partition), now), DetectorTopology.COUNTS);
  }

  /** What the global thread has refused, whichever task of the instance comes first tells. */
  private void tellRefusals(long now) {
    String name = config.modelName();
    for (var refusal = model.nextRefusal(); refusal != null; refusal = model.nextRefusal()) {
      ModelEvent event = refusal.event(name, "detector");
      context()
          .forward(
              new Record<>(ModelKeys.inForce(name), event, now), DetectorTopology.MODEL_EVENTS);
    }
  }

  private void forwardShadow(long now) {
    ShadowCounts counts = shadow.take();
    if (counts != null) {
      context()
          .forward(
              new Record<>(Topics.SHADOW_KEY.getBytes(UTF_8), counts, now),
              DetectorTopology.SHADOW);
    }
    if (model.candidate() == null) {
      shadow.forget();
    }
  }

  /** Before the first model a record is only collected. */
  private void warmUp(Record<byte[], byte[]> record, RecordMetadata source)
      throws BadRecordException {
    Upcoming.of(partition).dropTo(source.offset(), record.value());
    reader.check(reader.decode(record.value()), config.features());
    sample.passes(record.timestamp());
    metrics.sampled();
    context().forward(WindowRecords.unscored(record, source), DetectorTopology.WINDOW);
    warmUp.count(context().currentSystemTimeMs());
  }

  private RecordScorer scorerOf(ModelVersion inForce) {
    RecordScorer ready = scorer;
    if (ready == null || !ready.isOf(inForce)) {
      ready = new RecordScorer(inForce, reader);
      scorer = ready;
    }
    return ready;
  }

  @Override
  public void close() {
    metrics.close();
    Upcoming.forget(partition);
    if (live != null && feed != null) {
      live.close(feed);
    }
  }
}
