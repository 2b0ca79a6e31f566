package io.nelbo.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelbo.streams.TestKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a file to its alerts by commands alone, against a real broker. */
class CliIT {
  private static final int RECORDS = 9_000;
  private static final int FIRST_MODEL = 1_000;

  /**
   * The detector is paused after the first model has enough; by then some thousand more may have
   * passed.
   */
  private static final int SOUND = 8_000;

  private static final int FAULTS = 50;

  @TempDir private static Path folder;

  private static final String ID = TestKafka.unique("cli");
  private static final String TOPIC = ID + "-readings";
  private static Run replayed = new Run(-1, "", "");
  private static Run ran = new Run(-1, "", "");

  @BeforeAll
  static void replayAndRun() throws IOException {
    Path file = Readings.write(folder.resolve("readings.csv"), RECORDS, SOUND);
    replayed = nelbo("replay", "--file", file, "--topic", TOPIC, "--label", "fault", "--json");
    ran =
        nelbo(
            "run",
            "--until-caught-up",
            "-o",
            "input.topic=" + TOPIC,
            "-o",
            "alert.rate=0.01",
            "-o",
            "train.device=cpu",
            "-o",
            "state.dir=" + folder.resolve("state"));
  }

  @Test
  void replayPrintsTheSchemaAndTheCount() {
    assertThat(replayed.exitCode()).as(replayed.err()).isZero();
    JsonNode schema = Json.parse(replayed.outLines().get(0)).get("schema");
    JsonNode sent = Json.parse(replayed.outLines().get(1));
    assertThat(schema.get("fields").findValuesAsText("name"))
        .containsExactly("flow", "pressure", "mode", "running", "fault");
    assertThat(sent.get("records").asInt()).isEqualTo(RECORDS);
    assertThat(TestKafka.readToEnd(TOPIC)).hasSize(RECORDS);
  }

  @Test
  void runEndsByItselfOnceCaughtUp() {
    assertThat(ran.exitCode()).as(ran.err()).isZero();
  }

  @Test
  void alertsCarryTheRecordAndItsReason() {
    Run run = nelbo("alerts", "--json");

    assertThat(run.exitCode()).isZero();
    List<JsonNode> alerts = run.outLines().stream().map(Json::parse).toList();
    int faults = 0;
    Set<String> ids = new HashSet<>();
    for (JsonNode alert : alerts) {
      assertThat(alert.fieldNames())
          .toIterable()
          .containsExactlyInAnyOrder(
              "alertId",
              "detector",
              "source",
              "scoredAt",
              "score",
              "reconstruction",
              "kl",
              "pValue",
              "surprise",
              "alertRate",
              "severity",
              "model",
              "contributions",
              "klContribution",
              "record",
              "reason");
      assertThat(alert.get("source").get("topic").asText()).isEqualTo(TOPIC);
      assertThat(alert.get("model").get("version").asLong()).isEqualTo(1);
      assertThat(alert.get("pValue").asDouble()).isBetween(0.0, 0.01);
      assertThat(alert.get("reason").asText()).contains("p = ");
      assertThat(alert.get("contributions").findValuesAsText("feature")).doesNotContain("fault");
      JsonNode value = alert.get("record").get("value");
      assertThat(value.get("flow").isNumber()).isTrue();
      assertThat(value.get("mode").asText()).isIn("ECO", "BOOST");
      faults += value.get("fault").asBoolean() ? 1 : 0;
      ids.add(alert.get("alertId").asText());
    }
    assertThat(ids).hasSameSizeAs(alerts);
    assertThat(faults).isGreaterThanOrEqualTo(FAULTS * 9 / 10);
  }

  @Test
  void alertsForPeopleSayWhatWasExpected() {
    Run newest = nelbo("alerts", "--limit", 1);

    assertThat(newest.exitCode()).isZero();
    assertThat(newest.outLines()).hasSize(3);
    assertThat(newest.outLines().get(0)).contains(TOPIC + "/0@");
    assertThat(newest.outLines().get(1)).contains("p = ");
    assertThat(newest.outLines().get(2)).contains(" nats (");
  }

  @Test
  void followEndsAfterTheLimit() {
    Run run = nelbo("alerts", "--follow", "--limit", 2, "--json");

    assertThat(run.exitCode()).isZero();
    assertThat(run.outLines()).hasSize(2);
  }

  @Test
  void modelsAreListedAndShown() {
    Run list = nelbo("models", "--json");
    Run details = nelbo("models", "show", 1);
    Run absent = nelbo("models", "show", 99);

    JsonNode model = Json.parse(list.outLines().get(0));
    assertThat(model.get("report").get("records").asInt()).isGreaterThanOrEqualTo(FIRST_MODEL);
    assertThat(details.exitCode()).isZero();
    assertThat(details.out()).contains("vae version 1", "mode: categorical, 2 values");
    assertThat(absent.exitCode()).isEqualTo(1);
    assertThat(absent.err()).contains("no version 99 of vae on " + ID + ".models");
  }

  @Test
  void topicOfNoAlertsIsSaidToBeEmpty() {
    Run run =
        Run.of(
            "alerts",
            "-o",
            "bootstrap.servers=" + TestKafka.bootstrapServers(),
            "-o",
            "application.id=" + TestKafka.unique("nobody"));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("no alerts on ");
  }

  @Test
  void modelThatWasFittedElsewhereIsPublishedAsTheNextVersion() throws IOException {
    String id = TestKafka.unique("fit");
    Path file = Readings.write(folder.resolve("small.csv"), 300);
    Path model = folder.resolve("model.avro");
    Object[] fit = {
      "fit",
      "--file",
      file,
      "--label",
      "fault",
      "--out",
      model,
      "--device",
      "cpu",
      "--steps",
      20,
      "--publish",
      "--json",
      "-o",
      "bootstrap.servers=" + TestKafka.bootstrapServers(),
      "-o",
      "application.id=" + id
    };

    Run first = Run.of(fit);
    Run second = Run.of(fit);

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(Json.parse(first.out()).get("version").asLong()).isEqualTo(1);
    assertThat(Json.parse(second.out()).get("version").asLong()).isEqualTo(2);
    assertThat(model).isNotEmptyFile();
  }

  @Test
  void keysAndEventTimesComeFromColumns() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("timed.csv"),
            "pump,at,x\nnorth,2024-05-01T12:00:00Z,1.5\nsouth,2024-05-01T12:00:01Z,2.5\n");
    String topic = TestKafka.unique("timed");

    Run run =
        nelbo("replay", "--file", file, "--topic", topic, "--key", "pump", "--timestamp", "at");

    assertThat(run.exitCode()).as(run.err()).isZero();
    var records = TestKafka.readToEnd(topic);
    assertThat(records)
        .extracting(r -> new String(r.key(), StandardCharsets.UTF_8))
        .containsExactly("north", "south");
    assertThat(records.get(1).timestamp()).isEqualTo(1_714_564_801_000L);
  }

  private static Run nelbo(Object... args) {
    List<Object> all = new ArrayList<>(Arrays.asList(args));
    all.addAll(
        List.of(
            "-o",
            "bootstrap.servers=" + TestKafka.bootstrapServers(),
            "-o",
            "application.id=" + ID));
    return Run.of(all.toArray());
  }
}
