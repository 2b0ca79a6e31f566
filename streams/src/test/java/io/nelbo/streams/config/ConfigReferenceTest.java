package io.nelbo.streams.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {
  private static final Path CONF = Path.of("src", "main", "dist", "conf");

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

  @Test
  void settingsFilesOfTheArchiveHaveEverySettingInThem() throws IOException {
    assertIsCurrent("detector", DetectorConfig.DEFINITION);
    assertIsCurrent("trainer", TrainerConfig.DEFINITION);
  }

  private static void assertIsCurrent(String program, ConfigDef definition) throws IOException {
    Path file = CONF.resolve(program + ".properties");
    String current = ConfigFiles.properties(program, definition);
    if (Boolean.getBoolean("nelbo.reference.write")) {
      Files.createDirectories(CONF);
      Files.writeString(file, current);
    }

    assertThat(Files.readString(file))
        .as(file + " is stale: run this test with -Dnelbo.reference.write=true")
        .isEqualTo(current);
  }
}
