package io.nelbo.streams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.ModelCommand;
import io.nelbo.schemas.ModelCommandKind;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.streams.app.Broker;
import io.nelbo.streams.config.ClientConfig;
import io.nelbo.streams.input.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Tells the trainer something, through Kafka, and waits for the event that answers. */
final class CommandSender {
  private static final long LOOK_MS = 100;

  private final ClientConfig config;
  private final Duration patience;

  CommandSender(ClientConfig config, Duration patience) {
    this.config = config;
    this.patience = patience;
  }

  /**
   * Sends a command and returns the trainer's answer.
   *
   * @param version that the command is about; null if it is about none
   * @throws CommandFailure if none comes in time
   */
  ModelEvent send(ModelCommandKind kind, @Nullable Long version) throws InterruptedException {
    new Broker(config).connect(() -> false).close();
    String id = UUID.randomUUID().toString();
    String events = config.topics().modelEvents();
    try (TopicReader reader = TopicReader.of(config.consumerProperties(), events)) {
      reader.readToEnd(before -> {});
      send(
          new ModelCommand(
              id, config.modelName(), kind, version, Instant.now().truncatedTo(ChronoUnit.MILLIS)));
      return answer(reader, id);
    }
  }

  private void send(ModelCommand command) throws InterruptedException {
    String topic = config.topics().commands();
    byte[] value = AvroSerde.of(ModelCommand.class).serializer().serialize(topic, command);
    try (Producer<byte[], byte[]> producer = new KafkaProducer<>(config.producerProperties())) {
      producer.send(new ProducerRecord<>(topic, command.getModel().getBytes(UTF_8), value)).get();
    } catch (ExecutionException e) {
      throw new CommandFailure(
          "topic " + topic + " did not take the command: " + e.getMessage(), e);
    }
  }

  private ModelEvent answer(TopicReader reader, String id) throws InterruptedException {
    Deserializer<ModelEvent> deserializer = AvroSerde.of(ModelEvent.class).deserializer();
    List<ModelEvent> answers = new ArrayList<>();
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() - deadline < 0) {
      reader.readToEnd(
          record -> {
            try {
              ModelEvent event = deserializer.deserialize(record.topic(), record.value());
              if (event != null && id.equals(event.getCommand())) {
                answers.add(event);
              }
            } catch (SerializationException e) {
              // Of another Nelbo's making; the answer is yet to come.
            }
          });
      if (!answers.isEmpty()) {
        return answers.get(0);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MS);
    }
    throw new CommandFailure(
        "no trainer of %s answered on %s within %d s: is one running? It will do what was asked once it is"
            .formatted(
                config.applicationId(), config.topics().modelEvents(), patience.toSeconds()));
  }
}
