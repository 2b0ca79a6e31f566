package io.nelbo.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Commands that fail in every way that prints settings, with Kafka's own log turned up as well. */
class SecretsNeverShownTest {
  private static final List<String> SECRETS =
      List.of(
          "sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required"
              + " username=\"nelbo\" password=\"hush\";",
          "ssl.key.password=hush",
          "ssl.keystore.password=hush",
          "admin.ssl.key.password=hush",
          "consumer.ssl.key.password=hush",
          "basic.auth.user.info=user:hush",
          "schema.registry.url=http://user:hush@localhost:8081",
          "sasl.mechanism=SCRAM-SHA-512",
          "default.api.timeout.ms=300",
          "request.timeout.ms=200");

  private final Logger kafka = (Logger) LoggerFactory.getLogger("org.apache.kafka");
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Level before = kafka.getLevel();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    kafka.setLevel(Level.INFO);
    log.start();
    root.addAppender(log);
  }

  @AfterEach
  void restore() {
    root.detachAppender(log);
    kafka.setLevel(before);
    ((Logger) LoggerFactory.getLogger("io.nelbo")).setLevel(Level.INFO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "detect", "train", "alerts --json", "models --json"})
  void wrongSettingsAreToldWithoutThem(String command) {
    Run run =
        fails(
            command,
            "alert.rate=9",
            "application.id=a b",
            "metadata.max.age.ms=x",
            "sasl.jaas.config=org.x.Module required password=hush;hush",
            "misspelt.password=hush");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("application.id is \"a b\"", "sasl.jaas.config is \"[hidden]\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "alerts --json"})
  void absentBrokerIsToldWithoutThem(String command) {
    Run run = fails(command, "bootstrap.servers=127.0.0.1:1");

    assertThat(run.err()).contains("no Kafka broker at 127.0.0.1:1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "security.protocol=SASL_SSL",
        "security.protocol=SASL_PLAINTEXT",
        "ssl.keystore.location=/absent.p12"
      })
  void brokerThatDoesNotAnswerIsToldWithoutThem(String setting) throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Run run =
          fails(
              "alerts --json",
              "bootstrap.servers=127.0.0.1:" + mute.getLocalPort(),
              "security.protocol=SASL_SSL",
              setting);

      assertThat(run.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void logOfKafkaTellsItsSettingsWithoutThem() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      fails("detect", "bootstrap.servers=127.0.0.1:" + mute.getLocalPort());
    }

    assertThat(logged()).contains("AdminClientConfig values", "ssl.key.password = [hidden]");
  }

  private Run fails(String command, String... settings) {
    List<Object> args = new ArrayList<>(List.of((Object[]) command.split(" ", -1)));
    args.add("-v");
    args.add("-oinput.topic=readings");
    SECRETS.forEach(secret -> args.add("-o" + secret));
    List.of(settings).forEach(setting -> args.add("-o" + setting));
    Run run = Run.of(args.toArray());
    assertThat(run.exitCode()).isNotZero();
    assertThat(run.out() + run.err() + logged()).doesNotContain("hush");
    return run;
  }

  private String logged() {
    return log.list.stream()
        .map(event -> event.getFormattedMessage() + thrown(event.getThrowableProxy()))
        .collect(Collectors.joining("\n"));
  }

  private static String thrown(IThrowableProxy thrown) {
    return thrown == null ? "" : "\n" + thrown.getMessage() + thrown(thrown.getCause());
  }
}
