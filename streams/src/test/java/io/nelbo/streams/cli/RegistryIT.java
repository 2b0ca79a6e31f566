package io.nelbo.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelbo.streams.TestKafka;
import io.nelbo.streams.TestRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a file to its alerts through a real broker and a real schema registry. */
class RegistryIT {
  private static final int RECORDS = 10_000;
  private static final int SOUND = 9_000;

  @TempDir private static Path folder;

  private static final String ID = TestKafka.unique("registry");
  private static final String TOPIC = ID + "-readings";
  private static Run ran = new Run(-1, "", "");

  @BeforeAll
  static void replayAndRun() throws IOException {
    Path file = Readings.write(folder.resolve("readings.csv"), RECORDS, SOUND);
    Run replayed = nelbo(ID, "replay", "--file", file, "--topic", TOPIC, "--label", "fault");
    assertThat(replayed.exitCode()).as(replayed.err()).isZero();
    ran = run(ID);
  }

  private static Run run(String id) {
    return nelbo(
        id,
        "run",
        "--until-caught-up",
        "-oinput.topic=" + TOPIC,
        "-oalert.rate=0.01",
        "-oscores.enabled=true",
        "-otrain.device=cpu",
        "-otrain.time.budget=2s",
        "-ostate.dir=" + folder.resolve("state-" + id));
  }

  @Test
  void recordsModelsScoresAndAlertsAreOfSchemasThatTheRegistryKnows() {
    assertThat(ran.exitCode()).as(ran.err()).isZero();

    assertThat(schemaOfFirst(TOPIC)).endsWith("readings");
    assertThat(schemaOfFirst(ID + ".models")).isEqualTo("io.nelbo.schemas.Model");
    assertThat(schemaOfFirst(ID + ".scores")).isEqualTo("io.nelbo.schemas.Score");
    assertThat(schemaOfFirst(ID + ".alerts")).isEqualTo("io.nelbo.schemas.Alert");
    assertThat(TestKafka.readToEnd(ID + ".dead-letters")).isEmpty();
  }

  private static String schemaOfFirst(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = TestKafka.readToEnd(topic);
    assertThat(records).as(topic).isNotEmpty();
    assertThat(records.get(0).value()[0]).as(topic).isZero();
    return TestRegistry.schemaOf(records.get(0).value()).getFullName();
  }

  @Test
  void commandsReadBothTheAlertAndTheRecordInIt() {
    Run alerts = nelbo(ID, "alerts", "--json", "--limit", 1);
    Run models = nelbo(ID, "models", "--json");
    Run export = nelbo(ID, "models", "export", "--onnx", 1, "--out", folder.resolve("model.onnx"));

    assertThat(export.exitCode()).as(export.err()).isZero();
    JsonNode alert = Json.parse(alerts.outLines().get(0));
    assertThat(alert.get("record").get("value").get("flow").isNumber()).isTrue();
    assertThat(Json.parse(models.outLines().get(0)).has("refused")).isFalse();
  }

  @Test
  void withoutTheRegistryTheRemedyIsNamed() {
    Run alerts = Run.of(args(ID, "alerts"));
    Run models = Run.of(args(ID, "models"));

    assertThat(alerts.exitCode()).isEqualTo(1);
    assertThat(alerts.err()).contains("of a schema registry: set schema.registry.url to read it");
    assertThat(models.out()).contains("refused", "set schema.registry.url");
  }

  @Test
  void schemaThatTheRegistryRefusesIsToldBeforeAnythingStarts() {
    String id = TestKafka.unique("refused");
    for (String subject : List.of(id + ".alerts-value", id + ".scores-value")) {
      TestRegistry.register(
          subject,
          """
          {"type": "record", "name": "Other", "fields": [{"name": "only", "type": "int"}]}
          """,
          Map.of());
      TestRegistry.requireCompatibility(subject);
    }

    Run refused = run(id);

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .contains("no id for io.nelbo.schemas.Alert under subject " + id + ".alerts-value (409")
        .contains("no id for io.nelbo.schemas.Score under subject " + id + ".scores-value (409")
        .contains("give topic " + id + ".alerts another name");
  }

  @Test
  void registryThatIsAwayIsSaidToBeSo() {
    Run away =
        Run.of(
            args(
                TestKafka.unique("away"),
                "detect",
                "-oinput.topic=" + TOPIC,
                "-odefault.api.timeout.ms=2000",
                "-orequest.timeout.ms=1500",
                "-oschema.registry.url=http://127.0.0.1:1"));

    assertThat(away.exitCode()).isEqualTo(1);
    assertThat(away.err()).contains("the schema registry http://127.0.0.1:1 did not answer");
  }

  private static Run nelbo(String id, Object... args) {
    List<Object> all = new ArrayList<>(Arrays.asList(args(id, args)));
    all.add("-oschema.registry.url=" + TestRegistry.url());
    return Run.of(all.toArray());
  }

  private static Object[] args(String id, Object... args) {
    List<Object> all = new ArrayList<>(Arrays.asList(args));
    all.add("-obootstrap.servers=" + TestKafka.bootstrapServers());
    all.add("-oapplication.id=" + id);
    return all.toArray();
  }
}
