package io.nelbo.streams.detector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.score.ModelVersion;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.ShadowCounts;
import io.nelbo.streams.Pumps;
import io.nelbo.streams.topics.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A candidate in the topology of the detector. */
class ShadowTest {
  private static final int RECORDS = 2_000;

  private final DetectorDriver detector = new DetectorDriver(Map.of());
  private final ModelVersion inForce = Pumps.version("vae", 1, Pumps.VIBRATION);
  private final ModelVersion candidate =
      Pumps.version("vae", 2, Pumps.VIBRATION + 20 * Pumps.VIBRATION_SCALE);
  private final TestOutputTopic<String, byte[]> counts =
      detector.topology.createOutputTopic(
          "pumps.counts", new StringDeserializer(), new ByteArrayDeserializer());

  @BeforeEach
  void publish() {
    detector.publish(inForce);
    propose(Pumps.published(candidate));
  }

  @AfterEach
  void close() {
    detector.close();
  }

  @Test
  void candidateScoresAboutOneRecordInTwenty() {
    ShadowCounts shadow = scored().get(0);

    assertThat(shadow.getBins().stream().mapToLong(Long::longValue).sum()).isBetween(60L, 140L);
    assertThat(shadow.getModelVersion()).isEqualTo(1);
    assertThat(shadow.getCandidate()).isEqualTo(candidate.model().sha256());
  }

  @Test
  void whatEitherFlagsIsCountedBesideTheDifferenceOfTheScores() {
    ShadowCounts shadow = scored().get(0);

    assertThat(shadow.getInForceFlagged()).isZero();
    assertThat(shadow.getBothFlagged()).isZero();
    assertThat(shadow.getCandidateFlagged())
        .isEqualTo(shadow.getBins().stream().mapToLong(Long::longValue).sum());
    assertThat(shadow.getScoreShift()).isPositive();
  }

  @Test
  void candidateRaisesNoAlertAndIsInNoScore() {
    scored();

    assertThat(detector.alerts.isEmpty()).isTrue();
    assertThat(detector.scores.readValuesToList())
        .allMatch(score -> score.getModel().getVersion() == 1);
  }

  @Test
  void candidateThatIsTakenBackScoresNothing() {
    propose(null);

    assertThat(scored()).isEmpty();
  }

  @Test
  void candidateThatHasComeInForceIsNoneAnyMore() {
    detector.publish(candidate);

    assertThat(scored()).isEmpty();
  }

  @Test
  void candidateThatDoesNotLoadIsRefused() {
    propose(new byte[] {1, 2, 3});

    assertThat(detector.model.refusals()).isEqualTo(1);
    assertThat(detector.model.version()).isEqualTo(1);
    assertThat(scored()).hasSize(1);
  }

  /** Scores ordinary records and returns what was told of the candidate. */
  private List<ShadowCounts> scored() {
    for (int i = 0; i < RECORDS; i++) {
      detector.pipe(Pumps.normal());
    }
    detector.topology.advanceWallClockTime(Duration.ofSeconds(1));
    return counts.readRecordsToList().stream()
        .filter(record -> Topics.SHADOW_KEY.equals(record.key()))
        .map(TestRecord::value)
        .map(value -> AvroSerde.of(ShadowCounts.class).deserializer().deserialize("", value))
        .toList();
  }

  private void propose(byte @Nullable [] value) {
    detector
        .topology
        .createInputTopic("pumps.models", new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput("vae@candidate".getBytes(UTF_8), value);
  }
}
