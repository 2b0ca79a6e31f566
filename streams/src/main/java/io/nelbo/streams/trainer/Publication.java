package io.nelbo.streams.trainer;

import io.nelbo.model.score.ModelVersion;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.Model;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.TrainerState;
import io.nelbo.streams.config.TrainerConfig;
import io.nelbo.streams.models.CurrentModel;
import io.nelbo.streams.models.KeptVersions;
import io.nelbo.streams.models.ModelDigest;
import io.nelbo.streams.models.ModelKeys;
import java.util.Map;
import java.util.NavigableSet;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts models on the models topic, within the transaction: each as the one in force and as a
 * version to be kept, and in place of the versions too many nothing. One a processor.
 */
final class Publication {
  private static final Logger log = LoggerFactory.getLogger(Publication.class);

  private final TrainerConfig config;
  private final CurrentModel current;
  private final Serializer<Model> serializer;
  private final ProcessorContext<byte[], byte[]> context;
  private final TrainingHistory history;
  private final KeptVersions kept;
  private final ModelEvents events;

  Publication(
      TrainerConfig config,
      CurrentModel current,
      AvroSerde<Model> serde,
      ProcessorContext<byte[], byte[]> context,
      ModelEvents events) {
    serializer = serde.serializer();
    this.config = config;
    this.current = current;
    this.context = context;
    this.events = events;
    history =
        new TrainingHistory(
            context.getStateStore(TrainerTopology.HISTORY_STORE), config.modelName());
    kept = new KeptVersions(context, config.modelName(), serde);
  }

  TrainingHistory history() {
    return history;
  }

  KeptVersions kept() {
    return kept;
  }

  /** The newest version: what is in force, or is about to be; 0 before the first. */
  long newest() {
    return Math.max(history.version(), current.version());
  }

  /** A model that this trainer did not train, or has forgotten, counts as a training too. */
  long lastTraining() {
    ModelVersion inForce = current.get();
    long inForceSince =
        inForce == null ? RetrainSchedule.NEVER : inForce.trainedAt().toEpochMilli();
    return Math.max(history.lastTraining(), inForceSince);
  }

  /**
   * Takes note of a model in force that another program has published, so that it is told of and
   * kept as those of this one are.
   */
  void adopt() {
    ModelVersion inForce = current.get();
    if (inForce == null || inForce.version() <= history.version()) {
      return;
    }
    if (!kept.versions().contains(inForce.version())) {
      keep(inForce);
    }
    history.follow(inForce.version());
    events.tell(
        ModelEventKind.PUBLISHED,
        inForce.version(),
        "by another program: " + inForce.report().reason(),
        Map.of());
  }

  private void keep(ModelVersion foreign) {
    try {
      byte[] value = PublishedModel.bytes(foreign, config.topics().models(), serializer);
      forward(ModelKeys.kept(name(), foreign.version()), value, foreign.trainedAt().toEpochMilli());
    } catch (IllegalArgumentException e) {
      log.warn("version {} of model {} is not kept: {}", foreign.version(), name(), e.getMessage());
    }
  }

  /**
   * Publishes the next version, which begins anew what is counted and decided.
   *
   * @return the bytes that it takes
   * @throws IllegalArgumentException naming both sizes if it is too large for a message; then
   *     nothing was published
   */
  int publish(ModelVersion next, TrainerState state, long now) {
    byte[] value = PublishedModel.bytes(next, config.topics().models(), serializer);
    forward(ModelKeys.kept(name(), next.version()), value, now);
    forward(ModelKeys.inForce(name()), value, now);
    NavigableSet<Long> versions = kept.versions();
    versions.add(next.version());
    while (versions.size() > config.modelsKeep() + 1) {
      byte[] tooMany = ModelKeys.kept(name(), versions.pollFirst());
      context.forward(new Record<>(tooMany, null, now), TrainerTopology.PUBLISHED);
    }
    history.published(next.version(), now);
    TrainerMemory.begin(state, next.version());
    return value.length;
  }

  /**
   * Publishes a model for detectors to compare with the one in force.
   *
   * @throws IllegalArgumentException naming both sizes if it is too large for a message
   */
  void propose(ModelVersion candidate, long now) {
    byte[] value = PublishedModel.bytes(candidate, config.topics().models(), serializer);
    forward(ModelKeys.candidate(name()), value, now);
  }

  /** Takes the candidate back. */
  void withdraw(long now) {
    context.forward(
        new Record<>(ModelKeys.candidate(name()), null, now), TrainerTopology.PUBLISHED);
  }

  private void forward(byte[] key, byte[] value, long timestamp) {
    Record<byte[], byte[]> published = new Record<>(key, value, timestamp);
    ModelDigest.addTo(published.headers(), value);
    context.forward(published, TrainerTopology.PUBLISHED);
  }

  private String name() {
    return config.modelName();
  }
}
