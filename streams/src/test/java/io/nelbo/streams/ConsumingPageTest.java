package io.nelbo.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/consuming.md shows the program that a test runs, not one like it. */
class ConsumingPageTest {
  @Test
  void programIsShownAsItIsRun() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "consuming.md"));
    String program =
        Files.readString(Path.of("src/test/java/io/nelbo/streams/example/PrintAlerts.java"));

    String shown = program.substring(program.indexOf("import "));
    assertThat(page).contains("```java\n" + shown + "```\n");
  }
}
