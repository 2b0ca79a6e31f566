package io.nelbo.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nelbo.schemas.Alert;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.registry.RegistrySettings;
import io.nelbo.schemas.registry.SchemaRegistry;
import io.nelbo.streams.Ports;
import io.nelbo.streams.ShellPage;
import io.nelbo.streams.Terminal;
import io.nelbo.streams.TestKafka;
import io.nelbo.streams.TestRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tutorials, walked through in a real shell with the real launcher, broker and registry: every
 * command is typed as the page has it but for the addresses, and shows what the page shows. Only
 * with {@code -Ptutorials}: {@code ./mvnw -Ptutorials verify}, which runs no other tests.
 */
@Timeout(600)
class TutorialInShell {
  private static final int HTTP_PORT = Ports.free();

  @TempDir private Path folder;
  private final List<String> leftOut = new ArrayList<>();

  @Test
  void sensorsAreWatchedFromTheFirstModelToARollback() throws Exception {
    ShellPage page =
        ShellPage.read(
            "tutorial-sensors.md",
            Map.of(
                "localhost:9092",
                TestKafka.bootstrapServers(),
                "localhost:8080",
                "localhost:" + HTTP_PORT,
                "http.port=8080",
                "http.port=" + HTTP_PORT));
    try (Terminal terminal = Terminal.open(folder)) {
      for (ShellPage.Step step : page.steps()) {
        type(step, terminal);
        if (step.commands().contains("--until-caught-up")) {
          assertThat(pumps()).containsAll(leaks());
        } else if (step.commands().contains("./nelbo detect")) {
          bareRecordOfTheReadersOwnIsScored();
          assertThat(terminal.type("curl -sf http://localhost:%d/".formatted(HTTP_PORT)))
              .contains("<html");
        }
      }
    }

    assertThat(Files.readString(folder.resolve("detector.log")))
        .contains("detector is not running");
    assertThat(Files.readString(folder.resolve("trainer.log"))).contains("trainer is not running");
    serviceIsStartedAsTheCommandWas(page);
    commandsNamedAreThere(page);
  }

  @Test
  void fraudIsFoundExplainedAndHandedOn() throws Exception {
    ShellPage page =
        ShellPage.read(
            "tutorial-fraud.md",
            Map.of(
                "localhost:9092",
                TestKafka.bootstrapServers(),
                "http://localhost:8081",
                TestRegistry.url()));
    try (Terminal terminal = Terminal.open(folder)) {
      for (ShellPage.Step step : page.steps()) {
        type(step, terminal);
      }
    }

    List<Integer> frauds = every(401, 3_500, 16_000).toList();
    assertThat(cards().stream().filter(frauds::contains).count())
        .isGreaterThan(frauds.size() * 3L / 4);
    assertThat(folder.resolve("cards-1.onnx")).isNotEmptyFile();
    commandsNamedAreThere(page);
    assumeTrue(leftOut.isEmpty(), () -> "for want of kcat these were not run: " + leftOut);
  }

  private void type(ShellPage.Step step, Terminal terminal) throws IOException {
    if (step.commands().contains("kcat") && !Terminal.has("kcat")) {
      leftOut.add(step.commands());
    } else {
      step.check(terminal.type(step.commands()));
    }
  }

  /** The offsets of the leaks in the second half of nine hours. */
  private static List<Integer> leaks() {
    return Stream.concat(every(997, 9_000, 18_000), Stream.of(17_999)).toList();
  }

  private static Stream<Integer> every(int n, int from, int to) {
    return IntStream.range(from, to).filter(i -> (i + 1) % n == 0).boxed();
  }

  private static List<Integer> pumps() {
    return alerts("pumps.alerts", AvroSerde.of(Alert.class));
  }

  private static List<Integer> cards() {
    try (SchemaRegistry registry = new SchemaRegistry(RegistrySettings.of(TestRegistry.url()))) {
      return alerts("cards.alerts", AvroSerde.of(Alert.class, registry));
    }
  }

  /** The offsets of the records that are alerts. */
  private static List<Integer> alerts(String topic, AvroSerde<Alert> serde) {
    Deserializer<Alert> deserializer = serde.deserializer();
    return TestKafka.readToEnd(topic).stream()
        .map(record -> deserializer.deserialize(topic, record.value()))
        .map(alert -> (int) alert.getSource().getOffset())
        .toList();
  }

  private void bareRecordOfTheReadersOwnIsScored() throws IOException {
    Schema schema = new Schema.Parser().parse(folder.resolve("reading.avsc").toFile());
    GenericRecord leak =
        new GenericRecordBuilder(schema)
            .set("pump", 3)
            .set("at", System.currentTimeMillis())
            .set("mode", new GenericData.EnumSymbol(schema.getField("mode").schema(), "BOOST"))
            .set("speed", 1800.0)
            .set("flow", 12.6)
            .set("pressure", 2.16)
            .set("operatingHours", 8009.0)
            .build();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(schema).write(leak, encoder);
    encoder.flush();
    long then = System.currentTimeMillis() - Duration.ofHours(3).toMillis();
    TestKafka.produce(
        List.of(new ProducerRecord<>("readings", 0, then, null, bytes.toByteArray())));
    await().atMost(Duration.ofSeconds(60)).until(() -> pumps().contains(18_000));
  }

  private static void serviceIsStartedAsTheCommandWas(ShellPage page) {
    String started =
        page.text()
            .lines()
            .filter(line -> line.startsWith("ExecStart="))
            .findFirst()
            .orElseThrow()
            .replace("ExecStart=/opt/nelbo/bin/", "./")
            .replace("/etc/nelbo/", "");
    assertThat(page.steps()).anyMatch(step -> step.commands().contains(started));
  }

  private static void commandsNamedAreThere(ShellPage page) {
    assertThat(page.named()).allMatch(TutorialInShell::isThere);
  }

  private static boolean isThere(String command) {
    return Run.of((Object[]) (command + " --help").split(" ", -1)).exitCode() == 0;
  }
}
