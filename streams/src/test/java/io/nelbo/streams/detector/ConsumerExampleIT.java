package io.nelbo.streams.detector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nelbo.streams.TestKafka;
import io.nelbo.streams.example.PrintAlerts;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The consumer that docs/consuming.md shows, run as it stands there. */
class ConsumerExampleIT {
  @Test
  void exampleOfTheDocumentsPrintsTheAlert() throws InterruptedException {
    String topic = TestKafka.newTopic("alerts", 1);
    TestKafka.produce(topic, DetectorDriver.alertRecord(Map.of()).value());
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Thread example =
        new Thread(
            () ->
                PrintAlerts.main(
                    new String[] {
                      TestKafka.bootstrapServers(), topic, TestKafka.unique("printer")
                    }));
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      example.setUncaughtExceptionHandler((thread, interruption) -> {});
      example.start();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> printed.toString(UTF_8).contains("vibration"));
    } finally {
      System.setOut(console);
      example.interrupt();
      example.join(10_000);
    }

    assertThat(printed.toString(UTF_8))
        .containsPattern("(?m)^CRITICAL [0-9a-f-]{36}: vibration 9.1 where 2.3 ");
  }
}
