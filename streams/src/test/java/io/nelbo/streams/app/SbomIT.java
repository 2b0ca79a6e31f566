package io.nelbo.streams.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SbomIT {
  private static final Path FILE = Path.of("target", "bom.json");

  @Test
  void billOfMaterialsNamesWhatTheProgramIsMadeOf() throws IOException {
    assumeTrue(Files.exists(FILE), FILE + " is made by the build's package phase");

    JsonNode bom = new ObjectMapper().readTree(FILE.toFile());

    List<String> names = bom.get("components").findValuesAsText("name");
    assertThat(bom.get("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(names)
        .contains("nelbo-model", "kafka-streams", "avro", "api", "rocksdbjni", "logback-classic")
        .doesNotContain("junit-jupiter", "assertj-core", "testcontainers-kafka");
    for (JsonNode component : bom.get("components")) {
      assertThat(component.get("version").asText()).as(component.get("name").asText()).isNotEmpty();
      assertThat(component.get("purl").asText()).startsWith("pkg:maven/");
    }
  }
}
