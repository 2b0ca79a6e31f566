package io.nelbo.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that need no Kafka, on readings whose anomalies break a correlation. */
class OfflineTest {
  @TempDir private static Path folder;

  private static Path file;
  private static Path model;
  private static Run fitted = new Run(-1, "", "");

  @BeforeAll
  static void fit() throws IOException {
    file = Readings.write(folder.resolve("readings.csv"), 600);
    model = folder.resolve("model.avro");
    fitted =
        Run.of(
            "fit",
            "--file",
            file,
            "--label",
            "fault",
            "--out",
            model,
            "--device",
            "cpu",
            "--only-normal",
            "--json");
  }

  @Test
  void fitWritesAModelAndTellsWhatItIs() {
    assertThat(fitted.exitCode()).as(fitted.err()).isZero();
    assertThat(model).isNotEmptyFile();
    JsonNode details = Json.parse(fitted.out());
    assertThat(details.get("version").asLong()).isEqualTo(1);
    assertThat(details.get("features").findValuesAsText("name"))
        .containsExactly("flow", "pressure", "mode", "running");
    assertThat(details.get("report").get("records").asInt()).isEqualTo(570);
    assertThat(fitted.err()).contains("30 anomalies left out");
  }

  @Test
  void accurateModelHasThreeMembersAndScores() {
    Path accurate = folder.resolve("accurate.avro");

    Run fit =
        Run.of(
            "fit",
            "--file",
            file,
            "--label",
            "fault",
            "--out",
            accurate,
            "--device",
            "cpu",
            "--profile",
            "accurate",
            "--steps",
            20,
            "--json");
    Run score = Run.of("score", "--model", accurate, "--file", file);

    assertThat(fit.exitCode()).as(fit.err()).isZero();
    JsonNode members = Json.parse(fit.out()).get("members");
    assertThat(members.findValuesAsText("linear")).containsExactly("true", "false", "false");
    assertThat(members.findValuesAsText("priorComponents")).containsExactly("0", "0", "64");
    assertThat(score.exitCode()).as(score.err()).isZero();
    assertThat(score.outLines()).hasSize(600);
  }

  @Test
  void scoreHasALineForEachRecordAndASummaryOnStderr() {
    Run run = Run.of("score", "--model", model, "--file", file, "--label", "fault", "--json");

    assertThat(run.exitCode()).isZero();
    assertThat(run.outLines()).hasSize(600);
    JsonNode anomaly = Json.parse(run.outLines().get(0));
    JsonNode normal = Json.parse(run.outLines().get(1));
    assertThat(anomaly.get("anomaly").asBoolean()).isTrue();
    assertThat(anomaly.get("score").asDouble()).isGreaterThan(normal.get("score").asDouble());
    assertThat(anomaly.get("pValue").asDouble()).isLessThan(0.01);
    assertThat(anomaly.get("contributions").get(0).get("feature").asText())
        .isIn("flow", "pressure");
    assertThat(run.err()).contains("600 records scored").contains("30 anomalies, AUROC ");
  }

  @Test
  void scoreWithoutLabelsSaysNothingOfQuality() {
    Run run = Run.of("score", "--model", model, "--file", file);

    assertThat(run.exitCode()).isZero();
    assertThat(run.outLines().get(0)).matches("1  score \\S+  p \\S+  .*");
    assertThat(run.err()).doesNotContain("AUROC");
  }

  @Test
  void recordThatCannotBeScoredHasALineThatSaysWhy() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.csv"), "flow,pressure\ninf,1\n2,3\n");

    Run run = Run.of("score", "--model", model, "--file", bad, "--json");

    assertThat(run.exitCode()).isZero();
    assertThat(Json.parse(run.outLines().get(0)).get("reason").asText()).isEqualTo("NOT_FINITE");
    assertThat(Json.parse(run.outLines().get(1)).get("score").isNumber()).isTrue();
    assertThat(run.err()).contains("1 records scored").contains("1 not scored");
  }

  @Test
  void fileThatIsNoModelIsRefused() {
    Run run = Run.of("score", "--model", file, "--file", file);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("nelbo: ").contains(file.toString());
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void evaluationHasALineForEachRunAndTheMean() {
    Run run =
        Run.of(
            "evaluate",
            "--file",
            file,
            "--label",
            "fault",
            "--device",
            "cpu",
            "--steps",
            200,
            "--seed",
            "0,1",
            "--json");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.outLines()).hasSize(3);
    double first = Json.parse(run.outLines().get(0)).get("auroc").asDouble();
    double second = Json.parse(run.outLines().get(1)).get("auroc").asDouble();
    JsonNode mean = Json.parse(run.outLines().get(2));
    assertThat(first).isGreaterThan(0.9);
    assertThat(mean.get("auroc").asDouble()).isEqualTo((first + second) / 2);
    assertThat(mean.get("runs").asInt()).isEqualTo(2);
  }

  @Test
  void filesOfAStreamAreOneAndEachOfAPrefixIsASet() throws IOException {
    Path second = Readings.write(folder.resolve("second.csv"), 300);

    Run run =
        Run.of(
            "evaluate",
            "--file",
            file,
            second,
            "--label",
            "fault",
            "--device",
            "cpu",
            "--protocol",
            "prefix,stream",
            "--initial",
            250,
            "--initial-normal",
            "--block",
            300,
            "--alert-rate",
            "0.01,0.1",
            "--json");

    assertThat(run.exitCode()).as(run.err()).isZero();
    List<JsonNode> lines = run.outLines().stream().map(Json::parse).toList();
    assertThat(lines)
        .extracting(line -> line.path("file").asText())
        .startsWith("readings", "second", "readings+second", "readings+second", "readings+second");
    assertThat(lines)
        .extracting(line -> line.path("retraining").asText())
        .startsWith("", "", "never", "always", "policy");
    assertThat(lines.get(0).get("tested").asInt()).isEqualTo(600);
    // 250 normal records, every twentieth being none, are the first 264.
    assertThat(lines.get(2).get("tested").asInt()).isEqualTo(900 - 264);
    assertThat(lines.get(3).get("replaced").asInt() + lines.get(3).get("vetoed").asInt())
        .isEqualTo(2);
    // One in twenty is an outlier, where the model was calibrated without any.
    assertThat(lines.get(4).get("decisions"))
        .extracting(decision -> decision.get("decision").asText())
        .containsExactly("keep", "retrain", "keep");
    assertThat(lines.get(0).get("furtherRates").get(0).get("alertRate").asDouble()).isEqualTo(0.1);
    assertThat(lines.subList(0, 5))
        .allSatisfy(line -> assertThat(line.get("auroc").asDouble()).isGreaterThan(0.9));
    assertThat(lines.subList(5, 9))
        .allSatisfy(line -> assertThat(line.get("mean").asBoolean()).isTrue());
  }

  @Test
  void setThatCannotBeTrainedOnIsALineThatSaysWhyAndTheOthersGoOn() throws IOException {
    Path small = Readings.write(folder.resolve("small.csv"), 100);

    Run run =
        Run.of(
            "evaluate", "--file", small, file, "--label", "fault", "--detectors", "pca", "--json");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(Json.parse(run.outLines().get(0)).get("refused").asText())
        .contains("at least 100 rows");
    assertThat(Json.parse(run.outLines().get(2)).get("runs").asInt()).isEqualTo(1);
  }

  @Test
  void excludedColumnIsNoFeature() {
    Run run =
        Run.of(
            "evaluate",
            "--file",
            file,
            "--label",
            "fault",
            "--exclude",
            "mode,running",
            "--detectors",
            "gmm",
            "--json");

    assertThat(Json.parse(run.outLines().get(0)).get("features").asInt()).isEqualTo(2);
  }

  @Test
  void labelsOfOneKindAreNoEvaluation() throws IOException {
    Path same = Files.writeString(folder.resolve("same.csv"), "a,y\n1,0\n2,0\n");

    Run run = Run.of("evaluate", "--file", same, "--label", "y");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("0 of 2 records are anomalies by column y");
  }
}
