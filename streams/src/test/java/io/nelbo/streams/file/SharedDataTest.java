package io.nelbo.streams.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Real files, where the folder of shared data stands beside the checkout. */
class SharedDataTest {
  private static final Path DATA = Path.of("..", "..", "shared", "data");

  @Test
  void stringsAndFlagsOfNslKddAreUsedAsSuch() throws IOException {
    Path path = DATA.resolve("streams/nsl-kdd-train.csv.gz");
    assumeTrue(Files.exists(path), () -> path.toAbsolutePath() + " is absent");

    RecordFile file =
        RecordFile.open(
            path, FileOptions.named("connections").withLabels(List.of("label", "attack")));

    assertThat(file.schema().getFields()).hasSize(43);
    assertThat(file.field("service").getProp("nelbo")).isEqualTo("categorical");
    assertThat(file.field("logged_in").schema()).hasToString("\"boolean\"");
    assertThat(file.field("src_bytes").schema()).hasToString("\"long\"");
    assertThat(file.field("serror_rate").schema()).hasToString("\"double\"");
    assertThat(file.field("attack").getProp("nelbo")).isEqualTo("label");
    assertThat(count(file)).isEqualTo(25_192);
  }

  @Test
  void timesAndDecimalFlagsOfSkabAreUnderstood() throws IOException {
    Path path = DATA.resolve("sensors/skab-valve1/1.csv.gz");
    assumeTrue(Files.exists(path), () -> path.toAbsolutePath() + " is absent");

    RecordFile file = RecordFile.open(path, FileOptions.named("valve"));

    assertThat(file.field("datetime").schema().getLogicalType().getName())
        .isEqualTo("timestamp-millis");
    assertThat(file.field("anomaly").schema()).hasToString("\"boolean\"");
    assertThat(count(file)).isGreaterThan(1_000);
  }

  private static long count(RecordFile file) throws IOException {
    long count = 0;
    try (RecordReader reader = file.read()) {
      while (reader.next() != null) {
        count++;
      }
    }
    return count;
  }
}
