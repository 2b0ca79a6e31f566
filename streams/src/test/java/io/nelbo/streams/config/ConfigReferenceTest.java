package io.nelbo.streams.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {
  private static final Path FILE = Path.of("..", "docs", "configuration.md");

  @Test
  void checkedInReferenceIsWhatTheDefinitionsSay() throws IOException {
    String reference = ConfigReference.markdown();
    if (Boolean.getBoolean("nelbo.reference.write")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, reference);
    }

    assertThat(Files.readString(FILE))
        .as("docs/configuration.md is stale: run this test with -Dnelbo.reference.write=true")
        .isEqualTo(reference);
  }
}
