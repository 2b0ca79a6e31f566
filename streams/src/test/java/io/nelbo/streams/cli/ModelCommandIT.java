package io.nelbo.streams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.ModelCommand;
import io.nelbo.schemas.ModelCommandKind;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.streams.TestKafka;
import io.nelbo.streams.config.ClientConfig;
import io.nelbo.streams.config.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a person tells the trainer, whose part the test plays. */
@Timeout(120)
class ModelCommandIT {
  private final String id = TestKafka.unique("commands");

  @BeforeEach
  void createTopics() {
    TestKafka.createTopic(id + ".commands", 1, Map.of());
    TestKafka.createTopic(id + ".model-events", 1, Map.of());
  }

  @Test
  void answerOfTheTrainerIsPrinted() throws Exception {
    answer("another", ModelEventKind.REJECTED, "of an earlier command");

    CompletableFuture<Run> run = send("accept");
    ModelCommand command = received();
    answer("yet-another", ModelEventKind.REJECTED, "of another person's");
    answer(command.getId(), ModelEventKind.ACCEPTED, "all is learned");
    Run done = run.get(60, TimeUnit.SECONDS);

    assertThat(command.getKind()).isEqualTo(ModelCommandKind.ACCEPT);
    assertThat(command.getModel()).isEqualTo("vae");
    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(done.outLines()).containsExactly("all is learned");
  }

  @Test
  void whatCannotBeDoneFailsWithTheReason() throws Exception {
    CompletableFuture<Run> run = send("reject");
    answer(received().getId(), ModelEventKind.DECLINED, "nothing is held");
    Run done = run.get(60, TimeUnit.SECONDS);

    assertThat(done.exitCode()).isEqualTo(1);
    assertThat(done.err()).contains("nothing is held");
  }

  @Test
  void commandThatNoTrainerAnswersWaitsForOne() {
    ClientConfig config =
        ClientConfig.of(
            Settings.of(
                Map.of("bootstrap.servers", TestKafka.bootstrapServers(), "application.id", id)));
    CommandSender sender = new CommandSender(config, Duration.ofSeconds(1));

    assertThatThrownBy(() -> sender.send(ModelCommandKind.ROLLBACK, 3L))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("within 1 s: is one running? It will do what was asked once it is");

    ModelCommand waiting = received();
    assertThat(waiting.getKind()).isEqualTo(ModelCommandKind.ROLLBACK);
    assertThat(waiting.getVersion()).isEqualTo(3);
  }

  private CompletableFuture<Run> send(String command) {
    return CompletableFuture.supplyAsync(
        () ->
            Run.of(
                "models",
                command,
                "-o",
                "bootstrap.servers=" + TestKafka.bootstrapServers(),
                "-o",
                "application.id=" + id));
  }

  private ModelCommand received() {
    byte[] value = TestKafka.read(id + ".commands", 1, Duration.ofSeconds(60)).get(0).value();
    return AvroSerde.of(ModelCommand.class).deserializer().deserialize("commands", value);
  }

  private void answer(String command, ModelEventKind kind, String sentence) {
    ModelEvent event =
        ModelEvent.newBuilder()
            .setModel("vae")
            .setKind(kind)
            .setAt(Instant.EPOCH)
            .setCommand(command)
            .setSentence(sentence)
            .setNumbers(Map.of())
            .build();
    TestKafka.produce(
        List.of(
            new ProducerRecord<>(
                id + ".model-events",
                "vae".getBytes(UTF_8),
                AvroSerde.of(ModelEvent.class).serializer().serialize("events", event))));
  }
}
