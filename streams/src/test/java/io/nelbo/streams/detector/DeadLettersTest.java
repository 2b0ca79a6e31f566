package io.nelbo.streams.detector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.nelbo.streams.Pumps;
import io.nelbo.streams.input.Reason;
import io.nelbo.streams.input.SchemaSource;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

class DeadLettersTest {
  @ParameterizedTest
  @MethodSource("badRecords")
  void badRecordIsADeadLetterAndTheStreamGoesOn(byte @Nullable [] bad, Reason reason) {
    try (DetectorDriver detector = new DetectorDriver(Map.of())) {
      detector.publish(Pumps.version(1));
      detector.pipe(Pumps.normal());

      detector.pipe(bad);
      detector.pipe(Pumps.normal());

      TestRecord<byte[], byte[]> letter = detector.deadLetters.readRecord();
      assertThat(letter.key()).isEqualTo(DetectorDriver.KEY);
      assertThat(letter.value()).isEqualTo(bad);
      assertThat(letter.getRecordTime()).isEqualTo(DetectorDriver.EVENT_TIME);
      assertThat(DetectorDriver.text(letter.headers()))
          .containsEntry("nelbo.reason", reason.name())
          .containsEntry("nelbo.topic", "readings")
          .containsEntry("nelbo.partition", "0")
          .containsEntry("nelbo.offset", "1")
          .containsEntry("nelbo.timestamp", Long.toString(DetectorDriver.EVENT_TIME.toEpochMilli()))
          .hasEntrySatisfying("nelbo.message", m -> assertThat(m).isNotBlank());
      assertThat(detector.deadLetters.isEmpty()).isTrue();
      assertThat(detector.scores.readValuesToList())
          .extracting(s -> s.getSource().getOffset())
          .containsExactly(0L, 2L);
      assertThat(detector.window.getQueueSize()).isEqualTo(2);
      assertThat(detector.count(DetectorMetrics.nameOf(reason))).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("badRecords")
  void badRecordIsNotLearnedFromEither(byte @Nullable [] bad, Reason reason) {
    try (DetectorDriver detector = new DetectorDriver(Map.of())) {
      detector.pipe(bad);

      assertThat(DetectorDriver.text(detector.deadLetters.readRecord().headers()))
          .containsEntry("nelbo.reason", reason.name());
      assertThat(detector.window.isEmpty()).isTrue();
      assertThat(detector.warmUp.records()).isZero();
    }
  }

  static Stream<Arguments> badRecords() {
    byte[] good = Pumps.normal();
    byte[] unknown = good.clone();
    unknown[5] ^= 1;
    return Stream.of(
        Arguments.of(null, Reason.NULL_VALUE),
        Arguments.of(Arrays.copyOf(good, good.length - 3), Reason.UNDECODABLE),
        Arguments.of(unknown, Reason.UNKNOWN_SCHEMA),
        Arguments.of(new byte[] {0, 0, 0, 0, 7, 2, 4}, Reason.UNKNOWN_SCHEMA),
        Arguments.of("{\"vibration\": 2.3}".getBytes(UTF_8), Reason.UNDECODABLE),
        Arguments.of(Pumps.featureless(), Reason.NO_FEATURE),
        Arguments.of(Pumps.reading(Double.NaN, 40.0, "FR"), Reason.NOT_FINITE),
        Arguments.of(Pumps.reading(2.3, Double.NEGATIVE_INFINITY, "FR"), Reason.NOT_FINITE));
  }

  @Test
  void headersOfAnEarlierDeadLetterGiveWayToThoseOfThisOne() {
    try (DetectorDriver detector = new DetectorDriver(Map.of())) {
      detector.pipe(null, new RecordHeaders().add("nelbo.offset", "99".getBytes(UTF_8)));

      assertThat(detector.deadLetters.readRecord().headers().headers("nelbo.offset"))
          .extracting(h -> new String(h.value(), UTF_8))
          .containsExactly("0");
    }
  }

  @Test
  void reasonIsLoggedOnceAMinuteWithHowManyItHasStruckSince() {
    Logger logger = (Logger) LoggerFactory.getLogger(DeadLetters.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try (DetectorDriver detector = new DetectorDriver(Map.of())) {
      detector.pipe(null);
      detector.pipe(null);
      detector.pipe(new byte[] {1, 2, 3});
      detector.topology.advanceWallClockTime(Duration.ofSeconds(59));
      detector.pipe(null);
      detector.topology.advanceWallClockTime(Duration.ofSeconds(1));
      detector.pipe(null);
    } finally {
      logger.detachAppender(log);
    }

    assertThat(log.list)
        .extracting(event -> event.getFormattedMessage().replaceAll(": .* \\(", " ("))
        .containsExactly(
            "dead letter NULL_VALUE at offset 0 of readings-0 (1 since last said)",
            "dead letter UNDECODABLE at offset 2 of readings-0 (1 since last said)",
            "dead letter NULL_VALUE at offset 4 of readings-0 (3 since last said)");
  }

  @Test
  void whatNobodyForesawIsCaughtByTheNet() {
    SchemaSource broken =
        fingerprint -> {
          throw new IllegalStateException("a defect");
        };
    try (DetectorDriver detector = new DetectorDriver(Map.of(), broken)) {
      detector.pipe(Pumps.normal());
      detector.pipe(null);

      TestRecord<byte[], byte[]> caught = detector.deadLetters.readRecord();
      assertThat(caught.value()).isEqualTo(Pumps.normal());
      assertThat(DetectorDriver.text(caught.headers()))
          .containsEntry("__streams.errors.message", "a defect")
          .containsEntry("__streams.errors.offset", "0");
      assertThat(DetectorDriver.text(detector.deadLetters.readRecord().headers()))
          .containsEntry("nelbo.reason", "NULL_VALUE");
    }
  }

  @Test
  void goodRecordIsKeptForLaterWhereKafkaFails() {
    SchemaSource unreachable =
        fingerprint -> {
          throw new TimeoutException("no broker");
        };
    try (DetectorDriver detector = new DetectorDriver(Map.of(), unreachable)) {
      assertThatThrownBy(() -> detector.pipe(Pumps.normal())).hasRootCauseMessage("no broker");

      assertThat(detector.topology.producedTopicNames()).isEmpty();
    }
  }
}
