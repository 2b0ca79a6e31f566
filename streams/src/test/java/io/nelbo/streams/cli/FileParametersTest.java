package io.nelbo.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileParametersTest {
  @ParameterizedTest
  @CsvSource({
    "data/magic.gamma.csv.gz, magic.gamma",
    "cardio.csv, cardio",
    "a.ndjson, a",
    "a.gz, a",
    ".csv, .csv",
    "plain, plain"
  })
  void fileIsNamedWithoutItsEndings(Path file, String name) {
    assertThat(FileParameters.stem(file)).isEqualTo(name);
  }
}
