package io.nelbo.streams.detector;

import io.nelbo.schemas.Alert;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.IntervalCounts;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.Score;
import io.nelbo.schemas.ShadowCounts;
import io.nelbo.schemas.registry.SchemaRegistry;
import io.nelbo.streams.config.DetectorConfig;
import io.nelbo.streams.input.SchemaSource;
import io.nelbo.streams.live.LiveFeed;
import io.nelbo.streams.models.CurrentModel;
import io.nelbo.streams.models.ModelUpdater;
import io.nelbo.streams.topics.Topics;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;

/**
 * Builds the topology of the detector:
 *
 * <pre>
 *   input ──> records ──> detect ──┬──> scores         every record, if asked for
 *                           ▲      ├──> alerts         p-value at or below alert.rate
 *   models ──> update-model ┘      ├──> window         a sample, to be trained on
 *                                  ├──> counts         of p-values, for the trainer
 *                                  ├──> model-events   models that were refused
 *                                  └──> dead-letters   what could not be scored
 * </pre>
 *
 * {@link Detector#process} is the way of one record through it. Node names are part of what a
 * running application has stored: they do not change.
 */
public final class DetectorTopology {
  static final String DETECT = "detect";
  static final String ALERTS = "alerts";
  static final String SCORES = "scores";
  static final String WINDOW = "window";
  static final String COUNTS = "counts";
  static final String MODEL_EVENTS = "model-events";
  static final String SHADOW = "shadow-counts";
  static final String DEAD_LETTERS = "dead-letters";

  private DetectorTopology() {}

  /**
   * Builds the topology.
   *
   * @param inputPartitions the number of partitions of the input topic, among which the window's
   *     records are shared
   * @param model what {@code update-model} puts in force, for others to observe
   * @param warmUp counts the records before the first model, for others to observe
   * @param live where tasks leave what there is to look at; null if nobody looks
   */
  public static Topology build(
      DetectorConfig config,
      SchemaSource schemas,
      int inputPartitions,
      CurrentModel model,
      WarmUp warmUp,
      @Nullable LiveFeed live) {
    Topics topics = config.topics();
    SchemaRegistry registry = schemas.registry();
    var bytes = new ByteArraySerializer();
    Topology topology = new Topology();
    ModelUpdater.addTo(topology, topics.models(), config.modelName(), model, registry);
    topology
        .addSource(
            (AutoOffsetReset) null, // as auto.offset.reset says
            "records",
            new EventTime(),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer(),
            config.inputTopic())
        .addProcessor(
            DETECT,
            () -> new Detector(config, schemas, inputPartitions, model, warmUp, live),
            "records")
        .addSink(
            ALERTS,
            topics.alerts(),
            bytes,
            AvroSerde.of(Alert.class, registry).serializer(),
            (topic, key, alert, n) -> sameAs(alert.getSource().getPartition(), n),
            DETECT)
        .addSink(WINDOW, topics.window(), bytes, bytes, DETECT)
        .addSink(
            COUNTS, topics.counts(), bytes, AvroSerde.of(IntervalCounts.class).serializer(), DETECT)
        .addSink(
            MODEL_EVENTS,
            topics.modelEvents(),
            bytes,
            AvroSerde.of(ModelEvent.class).serializer(),
            DETECT)
        .addSink(
            SHADOW, topics.counts(), bytes, AvroSerde.of(ShadowCounts.class).serializer(), DETECT)
        .addSink(DEAD_LETTERS, topics.deadLetters(), bytes, bytes, DETECT);
    if (config.scoresEnabled()) {
      topology.addSink(
          SCORES,
          topics.scores(),
          bytes,
          AvroSerde.of(Score.class, registry).serializer(),
          (topic, key, score, n) -> sameAs(score.getSource().getPartition(), n),
          DETECT);
    }
    return topology;
  }

  /** What comes from one input partition stays in one partition, and so in its order. */
  private static Optional<Set<Integer>> sameAs(int sourcePartition, int partitions) {
    return Optional.of(Set.of(sourcePartition % partitions));
  }
}
