package io.nelbo.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.streams.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class UsageTest {
  @TempDir private Path folder;

  @Test
  void helpIsAResultAndNamesEveryCommand() {
    Run run = Run.of("--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains(Nelbo.commandLine().getSubcommands().keySet());
  }

  @Test
  void everyCommandHelpsWithExamplesInLinesThatFit() {
    for (CommandLine command : Nelbo.commandLine().getSubcommands().values()) {
      String name = command.getCommandName();
      if (name.equals("help")) {
        continue;
      }
      Run run = Run.of(name, "--help");

      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).contains("Usage: nelbo " + name, "Examples:", "  nelbo " + name);
      assertThat(run.outLines()).allMatch(line -> line.length() <= 80);
      assertThat(command.getCommandSpec().usageMessage().footer())
          .as("examples of %s are not broken", name)
          .allMatch(line -> line.length() < 80);
    }
  }

  @Test
  void versionIsTold() {
    assertThat(Run.of("--version").out()).startsWith("nelbo ").contains("Java ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "explode",
        "replay --topic t",
        "replay --file f --topic t --rate 0",
        "replay --file f --topic t --partitions none",
        "broker --port 70000",
        "alerts --limit 0",
        "fit --file f --out m --only-normal",
        "fit --file f --out m --device abacus",
        "score --model m --file f --top -1",
        "evaluate --file f",
        "evaluate --file f --label y --protocol sideways",
        "evaluate --file f --label y --protocol prefix --initial 0",
        "evaluate --file f --label y --protocol stream --block 0",
        "evaluate --file f --label y --alert-rate 0.1,1",
        "evaluate --file f --label y --detectors vae,oracle",
        "models show one"
      })
  void wrongUsageExitsWithTwoAndSaysWhereToLook(String line) {
    Run run = Run.of((Object[]) (line.isEmpty() ? new String[0] : line.split(" ", -1)));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("nelbo: ").contains("--help'");
    assertThat(run.err()).doesNotContain("Exception");
  }

  @Test
  void detectorThatIsNotKnownIsNamedWithThoseThatAre() {
    Run run = Run.of("evaluate", "--file", "f", "--label", "y", "--detectors", "vae,oracle");

    assertThat(run.err())
        .contains("'oracle'")
        .containsIgnoringCase("vae, pca, gmm, rcf, autoencoder");
  }

  @Test
  void allProblemsOfTheSettingsAreToldAtOnceAndNothingStarts() {
    Run run = Run.of("run", "-o", "alert.rate=7", "-o", "retrain.interval=soon", "-o", "no.equals");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("nelbo: the settings are wrong, nothing was started:")
        .contains("alert.rate is \"7\"")
        .contains("retrain.interval is \"soon\"")
        .contains("input.topic is not set")
        .contains("no.equals");
  }

  @Test
  void fileThatIsNotThereIsOneLine() {
    Path absent = folder.resolve("absent.csv");

    Run run = Run.of("fit", "--file", absent, "--out", folder.resolve("m.avro"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualToIgnoringNewLines("nelbo: " + absent + ": no such file or directory");
  }

  @Test
  void stackTraceIsShownOnlyWhenAskedFor() {
    Path absent = folder.resolve("absent.csv");

    Run run = Run.of("score", "--model", absent, "--file", absent, "-v");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("at io.nelbo.streams.cli.ScoreCommand");
  }

  @Test
  void columnThatIsNotThereIsNamedWithThoseThatAre() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "a,b\n1,2\n");

    Run run = Run.of("evaluate", "--file", file, "--label", "fraud");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualToIgnoringNewLines("nelbo: " + file + ": no column fraud; its columns are a, b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run -o input.topic=t", "train", "alerts", "models", "models show 1"})
  void noBrokerIsOneClearLineAfterTheTimeSet(String line) throws IOException {
    int port = Ports.free();

    Run run =
        Run.of(
            (Object[])
                (line
                        + " -o bootstrap.servers=127.0.0.1:"
                        + port
                        + " -o default.api.timeout.ms=1000 -o request.timeout.ms=500")
                    .split(" ", -1));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            "nelbo: no Kafka broker at 127.0.0.1:"
                + port
                + " within 1 s (default.api.timeout.ms): start one, or correct bootstrap.servers");
  }
}
