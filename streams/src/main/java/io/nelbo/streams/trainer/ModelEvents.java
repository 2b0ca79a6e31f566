package io.nelbo.streams.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nelbo.model.score.ModelVersion;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.ModelCommand;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.streams.config.TrainerConfig;
import io.nelbo.streams.models.CurrentModel;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what happens to the models: on the topic of model events, within the transaction, and in
 * the log. One a processor.
 */
final class ModelEvents {
  private static final Logger log = LoggerFactory.getLogger(ModelEvents.class);
  private static final Serializer<ModelEvent> SERIALIZER =
      AvroSerde.of(ModelEvent.class).serializer();

  private final String name;
  private final String topic;
  private final CurrentModel current;
  private final ProcessorContext<byte[], byte[]> context;

  ModelEvents(
      TrainerConfig config, CurrentModel current, ProcessorContext<byte[], byte[]> context) {
    name = config.modelName();
    topic = config.topics().modelEvents();
    this.current = current;
    this.context = context;
  }

  /**
   * Tells an event.
   *
   * @param version that it is about; null if it is about none
   * @param numbers behind the sentence; what is not finite is left out
   */
  void tell(
      ModelEventKind kind, @Nullable Long version, String sentence, Map<String, Double> numbers) {
    tell(kind, version, null, sentence, numbers);
  }

  /** Answers a person's command. */
  void answer(ModelCommand command, ModelEventKind kind, String sentence) {
    answer(command, kind, null, sentence, Map.of());
  }

  /**
   * Answers a person's command by an event that is about a version.
   *
   * @param command null if another event answers it
   */
  void answer(
      @Nullable ModelCommand command,
      ModelEventKind kind,
      @Nullable Long version,
      String sentence,
      Map<String, Double> numbers) {
    tell(kind, version, command == null ? null : command.getId(), sentence, numbers);
  }

  /** Answers that a command cannot be done. */
  void decline(ModelCommand command, String why) {
    answer(command, ModelEventKind.DECLINED, why);
  }

  private void tell(
      ModelEventKind kind,
      @Nullable Long version,
      @Nullable String command,
      String sentence,
      Map<String, Double> numbers) {
    long now = context.currentSystemTimeMs();
    ModelVersion inForce = current.get();
    ModelEvent event =
        ModelEvent.newBuilder()
            .setModel(name)
            .setKind(kind)
            .setAt(Instant.ofEpochMilli(now))
            .setVersion(version)
            .setInForce(inForce == null ? null : inForce.version())
            .setCommand(command)
            .setSentence(sentence)
            .setNumbers(numbers)
            .build();
    event.getNumbers().values().removeIf(number -> !Double.isFinite(number));
    byte[] value = SERIALIZER.serialize(topic, event);
    context.forward(new Record<>(name.getBytes(UTF_8), value, now), TrainerTopology.EVENTS);
    String what = kind.name().toLowerCase(Locale.ROOT);
    if (isTrouble(kind)) {
      log.warn("model {} {}: {}", name, what, sentence);
    } else {
      log.info("model {} {}: {}", name, what, sentence);
    }
  }

  private static boolean isTrouble(ModelEventKind kind) {
    return kind == ModelEventKind.HELD
        || kind == ModelEventKind.CALIBRATION_LOST
        || kind == ModelEventKind.FAILED;
  }
}
