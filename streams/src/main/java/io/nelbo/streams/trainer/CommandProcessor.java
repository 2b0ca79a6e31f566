package io.nelbo.streams.trainer;

import io.nelbo.model.policy.Hold;
import io.nelbo.model.policy.PolicyState;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.Model;
import io.nelbo.schemas.ModelCommand;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.TrainerState;
import io.nelbo.streams.config.TrainerConfig;
import io.nelbo.streams.models.CurrentModel;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what a person says, about what is held or about versions, and answers with an event. */
final class CommandProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Logger log = LoggerFactory.getLogger(CommandProcessor.class);

  private final TrainerConfig config;
  private final CurrentModel current;
  private final AvroSerde<Model> serde;
  private final Deserializer<ModelCommand> deserializer =
      AvroSerde.of(ModelCommand.class).deserializer();

  private TrainerMemory memory;
  private ModelEvents events;
  private CommandMetrics metrics;
  private VersionCommands versions;
  private ProcessorContext<byte[], byte[]> context;

  CommandProcessor(TrainerConfig config, CurrentModel current, AvroSerde<Model> serde) {
    this.config = config;
    this.current = current;
    this.serde = serde;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    memory =
        new TrainerMemory(
            context.getStateStore(TrainerTopology.DECISIONS_STORE), config.modelName());
    this.context = context;
    events = new ModelEvents(config, current, context);
    Publication publication = new Publication(config, current, serde, context, events);
    metrics = new CommandMetrics(context);
    versions = new VersionCommands(config, current, memory, publication, events, metrics);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    ModelCommand command = read(record.value());
    if (command == null || !command.getModel().equals(config.modelName())) {
      return;
    }
    TrainerState state = memory.load();
    switch (command.getKind()) {
      case ACCEPT -> accept(command, state);
      case REJECT -> reject(command, state);
      case ROLLBACK -> versions.rollBack(command, state, context.currentSystemTimeMs());
      case PIN -> versions.pin(command, state, context.currentSystemTimeMs());
      case UNPIN -> versions.unpin(command, state);
      case OTHER -> events.decline(command, "this trainer does not know the command: upgrade it");
    }
    memory.save(state);
  }

  private @Nullable ModelCommand read(byte @Nullable [] value) {
    try {
      return deserializer.deserialize(config.topics().commands(), value);
    } catch (SerializationException e) {
      log.warn("skipped a record of {}: {}", config.topics().commands(), e.getMessage());
      return null;
    }
  }

  private void accept(ModelCommand command, TrainerState state) {
    Long pinned = memory.pinned();
    if (pinned != null) {
      events.decline(
          command,
          "version %d is pinned, so nothing is learned: nelbo models unpin first"
              .formatted(pinned));
      return;
    }
    if (state.getHeld().isEmpty()) {
      events.decline(command, "nothing is held, so there is nothing to accept");
      return;
    }
    state.getHeld().clear();
    TrainerMemory.setPolicy(state, PolicyState.INITIAL);
    state.setRetrain("a person accepted what was held");
    state.setAccepted(true);
    events.answer(
        command,
        ModelEventKind.ACCEPTED,
        "what was held is learned: a successor is trained on all of the window");
  }

  private void reject(ModelCommand command, TrainerState state) {
    PolicyState policy = TrainerMemory.policy(state);
    if (policy.hold() != Hold.ASKED) {
      events.decline(
          command, "nothing is held that was not answered, so there is nothing to reject");
      return;
    }
    TrainerMemory.setPolicy(state, policy.rejected());
    events.answer(
        command,
        ModelEventKind.REJECTED,
        "what is held is never learned: the model stays, and nobody is asked again until less is flagged");
  }

  @Override
  public void close() {
    metrics.close();
  }
}
