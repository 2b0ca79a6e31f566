package io.nelbo.streams.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.streams.local.ScenarioName;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class DemoIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void stoppedDemoSumsUpWhatItDid() throws Exception {
    StringWriter told = new StringWriter();
    DemoOptions options = new DemoOptions(ScenarioName.PAYMENTS, Duration.ofHours(1), 1_000, 1);
    Demo demo = Demo.json(options, new PrintWriter(told));

    CompletableFuture<Void> run =
        CompletableFuture.runAsync(
            () -> {
              try {
                demo.run();
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .failFast(run::isDone)
        .until(() -> told.toString().contains("\"event\":\"progress\""));
    demo.stop();
    run.get(60, TimeUnit.SECONDS);

    List<String> lines = told.toString().lines().toList();
    assertThat(MAPPER.readTree(lines.get(0)).path("page").asText()).startsWith("http://127.0.0.1:");
    JsonNode summary = MAPPER.readTree(lines.get(lines.size() - 1));
    assertThat(summary.fieldNames())
        .toIterable()
        .containsExactly(
            "event",
            "scenario",
            "records",
            "scored",
            "alerts",
            "models",
            "planted",
            "caught",
            "caughtByThreeSigma",
            "falseAlerts",
            "deadLetters",
            "seconds");
    assertThat(summary.path("event").asText()).isEqualTo("summary");
    assertThat(summary.path("scenario").asText()).isEqualTo("payments");
    assertThat(summary.path("records").asLong()).isPositive();
  }
}
