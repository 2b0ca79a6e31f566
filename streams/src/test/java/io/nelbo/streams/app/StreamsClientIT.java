package io.nelbo.streams.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nelbo.streams.TestKafka;
import io.nelbo.streams.config.DetectorConfig;
import io.nelbo.streams.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StreamsClientIT {
  @TempDir private Path state;

  private final String input = TestKafka.newTopic("input", 1);
  private final DetectorConfig config =
      DetectorConfig.of(
          Settings.of(
              Map.of(
                  "bootstrap.servers", TestKafka.bootstrapServers(),
                  "application.id", TestKafka.unique("client"),
                  "input.topic", input)));

  @Test
  void deathReachesWhoeverWaits() throws Exception {
    TestKafka.produce(input, new byte[] {1});

    try (StreamsClient client = new StreamsClient("detector", config)) {
      client.start(properties(), (admin, patience) -> failing());

      assertThatThrownBy(() -> client.await(() -> false))
          .isInstanceOf(ApplicationException.class)
          .hasMessageStartingWith("detector died: ")
          .hasMessageEndingWith("this record is too much");
    }
  }

  @Test
  void closingTwiceEndsTheWaitWithoutAFault() throws Exception {
    StreamsClient client = new StreamsClient("detector", config);
    client.start(properties(), (admin, patience) -> failing());

    client.close();
    client.close();

    assertThatCode(() -> client.await(() -> false)).doesNotThrowAnyException();
  }

  @Test
  void closedBeforeTheStartStaysClosed() {
    StreamsClient client = new StreamsClient("detector", config);

    client.close();

    assertThatThrownBy(() -> client.start(properties(), (admin, patience) -> failing()))
        .isInstanceOf(ApplicationException.class)
        .hasMessage("detector was stopped before it started");
  }

  @Test
  void twoInstancesInOneStateDirectoryAreRefused() throws Exception {
    try (StreamsClient first = new StreamsClient("detector", config);
        StreamsClient second = new StreamsClient("detector", config)) {
      first.start(properties(), (admin, patience) -> counting());

      assertThatThrownBy(() -> second.start(properties(), (admin, patience) -> counting()))
          .isInstanceOf(ApplicationException.class)
          .hasMessageContaining("state directory")
          .hasMessageContaining(state.toString());
    }
  }

  /** A detector keeps nothing on disk, so a second one may be told of the same directory. */
  @Test
  void spareInstanceIsReady() throws Exception {
    DetectorConfig both =
        DetectorConfig.of(
            Settings.of(
                Map.of(
                    "bootstrap.servers", TestKafka.bootstrapServers(),
                    "application.id", TestKafka.unique("spare"),
                    "input.topic", input,
                    "state.dir", state.toString())));
    try (DetectorApplication first = new DetectorApplication(both, 1);
        DetectorApplication second = new DetectorApplication(both, 1)) {
      first.start();
      second.start();

      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                assertThat(first.client().whyNotReady()).isNull();
                assertThat(second.client().whyNotReady()).isNull();
              });
    }
  }

  private Topology failing() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(input)
        .foreach(
            (key, value) -> {
              throw new IllegalStateException("this record is too much");
            });
    return builder.build();
  }

  private Topology counting() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(input).groupByKey().count();
    return builder.build();
  }

  private Properties properties() {
    Properties properties = config.streamsProperties();
    properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    properties.put(
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
        LogAndFailProcessingExceptionHandler.class.getName());
    properties.remove(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG);
    return properties;
  }
}
