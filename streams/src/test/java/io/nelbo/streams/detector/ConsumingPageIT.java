package io.nelbo.streams.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nelbo.streams.ShellPage;
import io.nelbo.streams.Terminal;
import io.nelbo.streams.TestKafka;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command lines of docs/consuming.md, typed as they stand there but for the addresses. */
class ConsumingPageIT {
  private static final String ID = TestKafka.unique("pumps");
  private static final String ALERTS = ID + ".alerts";

  @TempDir private Path folder;
  private List<ShellPage.Step> steps = List.of();

  @BeforeAll
  static void createTopic() {
    TestKafka.createTopic(ALERTS, 1, Map.of());
  }

  @BeforeEach
  void produceAnAlert() throws Exception {
    TestRecord<byte[], byte[]> alert =
        DetectorDriver.alertRecord(Map.of("alert.cloudevents", "true"));
    TestKafka.produce(
        List.of(
            new ProducerRecord<>(ALERTS, null, null, alert.key(), alert.value(), alert.headers())));
    steps =
        ShellPage.read(
                "consuming.md",
                Map.of(
                    "localhost:9092",
                    TestKafka.bootstrapServers(),
                    "application.id=pumps",
                    "application.id=" + ID,
                    "pumps.alerts",
                    ALERTS))
            .steps();
  }

  @Test
  void nelboPrintsAlertsForPeopleAndForPrograms() throws Exception {
    try (Terminal terminal = Terminal.open(folder)) {
      String commands = steps.get(0).commands().replace("--follow", "--follow --limit 1");

      String shown = terminal.type(commands);

      assertThat(shown).contains("    vibration 9.1 where 2.3 ", "{\"alertId\":\"");
    }
  }

  @Test
  void kcatShowsKeysAndHeaders() throws Exception {
    assumeTrue(Terminal.has("kcat"), "kcat is not installed");
    try (Terminal terminal = Terminal.open(folder)) {
      steps.get(1).check(terminal.type(steps.get(1).commands()));
    }
  }
}
