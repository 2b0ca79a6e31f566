package io.nelbo.streams.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @TempDir private Path directory;

  @Test
  void overridesWinOverLaterFilesOverEarlierFiles() throws IOException {
    Path first = file("first", "a=1\nb=1\nc=1\n");
    Path second = file("second", "b=2\nc = 2 \n");

    Settings settings = Settings.read(List.of(first, second), List.of("c=3=3"), Map.of());

    assertThat(settings.values())
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", "1", "b", "2", "c", "3=3"));
    assertThat(settings.problems()).isEmpty();
  }

  @Test
  void environmentVariablesAreFilledIn() throws IOException {
    Path file =
        file("nelbo", "sasl.jaas.config=user=\"${env:KAFKA_USER}\" password=\"${env:PW}\";");

    Settings settings =
        Settings.read(List.of(file), List.of(), Map.of("KAFKA_USER", "nelbo", "PW", "a$1\\b"));

    assertThat(settings.values())
        .containsEntry("sasl.jaas.config", "user=\"nelbo\" password=\"a$1\\b\";");
  }

  @Test
  void unsetVariableIsAProblemNamingKeyAndVariable() {
    Settings settings = Settings.read(List.of(), List.of("alert.rate=${env:RATE}"), Map.of());

    assertThat(settings.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "alert.rate is \"${env:RATE}\": the environment has no variable RATE: export it");
  }

  @Test
  void missingFileAndMalformedOverrideAreProblems() {
    Settings settings =
        Settings.read(List.of(directory.resolve("none")), List.of("alert.rate"), Map.of());

    assertThat(settings.problems()).extracting(Problem::key).containsExactly("-c", "-o");
  }

  @Test
  void secretsAreNeverPrinted() {
    Settings settings =
        Settings.of(
            Map.of(
                "sasl.jaas.config", "hush",
                "ssl.keystore.password", "hush",
                "consumer.ssl.key.password", "hush",
                "basic.auth.user.info", "user:hush",
                "schema.registry.url", "https://user:hush@registry:8081/x",
                "application.id", "pumps"));

    assertThat(settings.toString())
        .doesNotContain("hush")
        .contains("application.id=pumps", "https://[hidden]@registry:8081/x");
    assertThat(new Problem("sasl.jaas.config", "hush", "must be right, not hush").toString())
        .isEqualTo("sasl.jaas.config is \"[hidden]\": must be right, not [hidden]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.kafka.common.security.plain.PlainLoginModule required password=hush hush;",
        "org.apache.kafka.common.security.plain.PlainLoginModule required password=\"hush\"",
        "com.sun.security.auth.module.JndiLoginModule required password=\"hush\";",
        "hush"
      })
  void loginThatKafkaWouldRefuseIsAProblemWithoutAWordOfIt(String login) {
    Settings settings = Settings.of(Map.of("producer.sasl.jaas.config", login));

    assertThatThrownBy(() -> ClientConfig.of(settings))
        .isInstanceOf(ConfigProblems.class)
        .hasMessageStartingWith(
            "producer.sasl.jaas.config is \"[hidden]\": must be a login module that Kafka allows")
        .hasMessageNotContaining("hush");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }
}
