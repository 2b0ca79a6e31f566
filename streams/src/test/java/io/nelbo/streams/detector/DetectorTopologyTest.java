package io.nelbo.streams.detector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.score.ModelVersion;
import io.nelbo.schemas.Alert;
import io.nelbo.schemas.Contribution;
import io.nelbo.schemas.Score;
import io.nelbo.schemas.Severity;
import io.nelbo.schemas.Source;
import io.nelbo.streams.Pumps;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DetectorTopologyTest {
  private DetectorDriver detector = new DetectorDriver(Map.of());

  @AfterEach
  void close() {
    detector.close();
  }

  @Test
  void outlierBecomesAnAlertThatSaysEverything() {
    ModelVersion model = Pumps.version(3);
    detector.publish(model);
    detector.pipe(Pumps.normal());

    detector.pipe(Pumps.outlier());

    TestRecord<byte[], Alert> record = detector.alerts.readRecord();
    Alert alert = record.value();
    assertThat(record.key()).isEqualTo(DetectorDriver.KEY);
    assertThat(record.getRecordTime()).isEqualTo(DetectorDriver.EVENT_TIME);
    assertThat(alert.getAlertId())
        .isEqualTo(UUID.nameUUIDFromBytes("readings/0/1/vae".getBytes(UTF_8)));
    assertThat(alert.getDetector()).isEqualTo("pumps");
    assertThat(alert.getSource())
        .isEqualTo(new Source("readings", 0, 1L, DetectorDriver.EVENT_TIME));
    assertThat(alert.getScoredAt()).isEqualTo(DetectorDriver.NOW);
    assertThat(alert.getScore())
        .isEqualTo(alert.getReconstruction() + alert.getKl(), within(1e-9))
        .isGreaterThan(290);
    assertThat(alert.getPValue()).isPositive().isLessThan(1e-5);
    assertThat(alert.getSurprise()).isEqualTo(-Math.log10(alert.getPValue()));
    assertThat(alert.getAlertRate()).isEqualTo(0.001);
    assertThat(alert.getSeverity()).isEqualTo(Severity.CRITICAL);
    assertThat(alert.getModel().getName()).isEqualTo("vae");
    assertThat(alert.getModel().getVersion()).isEqualTo(3);
    assertThat(alert.getModel().getSha256()).isEqualTo(model.model().sha256());
    assertThat(alert.getModel().getTrainedAt()).isEqualTo(model.trainedAt());
    assertThat(alert.getContributions()).hasSize(4);
    Contribution vibration = alert.getContributions().get(0);
    assertThat(vibration.getFeature()).isEqualTo("vibration");
    assertThat(vibration.getObserved()).isEqualTo(9.1);
    assertThat((double) vibration.getExpected()).isEqualTo(2.3, within(1e-6));
    assertThat(vibration.getLow()).isEqualTo(2.3 - 1.96 * 0.28, within(1e-3));
    assertThat(vibration.getHigh()).isEqualTo(2.3 + 1.96 * 0.28, within(1e-3));
    assertThat(vibration.getProbability()).isNull();
    assertThat(vibration.getShare()).isGreaterThan(0.99);
    assertThat(
            alert.getContributions().stream().mapToDouble(Contribution::getNats).sum()
                + alert.getKlContribution())
        .isEqualTo(alert.getScore() - sum(model.model().baseline()), within(1e-4));
    assertThat(alert.getRecord().getValue()).isEqualTo(ByteBuffer.wrap(Pumps.outlier()));
    assertThat(alert.getRecord().getSchemaFingerprint())
        .isEqualTo(SchemaNormalization.parsingFingerprint64(Pumps.SCHEMA));
    assertThat(alert.getReason())
        .matches("vibration 9\\.1 where 2\\.3 \\(1\\.8–2\\.8\\) was expected; p = \\de-\\d+");
    assertThat(detector.alerts.isEmpty()).isTrue();
  }

  @Test
  void categoryTheModelNeverSawIsNamedAsItIs() {
    detector.publish(Pumps.version(1));

    detector.pipe(Pumps.reading(2.3, 40.0, "KP"));

    Alert alert = detector.alerts.readValue();
    Contribution country = alert.getContributions().get(0);
    assertThat(country.getObserved()).isEqualTo("KP");
    assertThat(country.getExpected()).isEqualTo("FR");
    assertThat(country.getProbability()).isEqualTo(0.95, within(0.01));
    assertThat(country.getLow()).isNull();
    assertThat(alert.getReason()).startsWith("site.country KP where FR (95 %) was expected; p = ");
  }

  @Test
  void missingValueIsNullInTheAlert() {
    detector.publish(Pumps.version(1));

    detector.pipe(Pumps.reading(9.1, null, "FR"));

    assertThat(detector.alerts.readValue().getContributions())
        .filteredOn(c -> c.getFeature().equals("flow"))
        .singleElement()
        .satisfies(
            flow -> {
              assertThat(flow.getObserved()).isNull();
              assertThat(flow.getNats()).isZero();
            });
  }

  @Test
  void normalRecordRaisesNothing() {
    detector.publish(Pumps.version(1));

    detector.pipe(Pumps.normal());

    assertThat(detector.alerts.isEmpty()).isTrue();
    assertThat(detector.deadLetters.isEmpty()).isTrue();
    assertThat(detector.count("scored")).isEqualTo(1);
    assertThat(detector.count("alerts")).isZero();
  }

  @Test
  void scoredRecordsAreCountedAmongTheOtherCountersOfTheTask() {
    detector.publish(Pumps.version(1));

    for (int i = 0; i < 5; i++) {
      detector.pipe(Pumps.normal());
    }

    assertThat(detector.count("scored")).isEqualTo(5);
    assertThat(detector.tags("scored-total"))
        .isNotEmpty()
        .isEqualTo(detector.tags("sampled-total"))
        .isEqualTo(detector.tags("scored-rate"));
    assertThat(List.of("scored-total", "score-p50", "p-value-sum-total", "sampling-probability"))
        .as("JMX shows one of two metrics whose tags differ in their order alone")
        .allSatisfy(
            metric ->
                assertThat(detector.tags(metric).keySet())
                    .containsExactlyElementsOf(detector.tags("sampled-total").keySet()));
  }

  @Test
  void everyRecordIsScoredWhereScoresAreAskedFor() {
    detector.publish(Pumps.version(2));

    detector.pipe(Pumps.normal());
    detector.pipe(Pumps.outlier());

    Score normal = detector.scores.readValue();
    Score outlier = detector.scores.readValue();
    Alert alert = detector.alerts.readValue();
    assertThat(normal.getPValue()).isGreaterThan(0.5);
    assertThat(normal.getModel().getVersion()).isEqualTo(2);
    assertThat(outlier.getSource()).isEqualTo(alert.getSource());
    assertThat(outlier.getScore()).isEqualTo(alert.getScore());
    assertThat(outlier.getModel()).isEqualTo(alert.getModel());
    assertThat(detector.scores.isEmpty()).isTrue();
  }

  @Test
  void scoresAreOffUnlessAskedFor() {
    detector.close();
    detector = new DetectorDriver(Map.of("scores.enabled", "false"));
    detector.publish(Pumps.version(1));

    detector.pipe(Pumps.outlier());

    assertThat(detector.alerts.getQueueSize()).isEqualTo(1);
    assertThat(detector.topology.producedTopicNames()).doesNotContain("pumps.scores");
  }

  @Test
  void alertCanLeaveOutTheRecordAndAllButTheGreatestContributions() {
    detector.close();
    detector =
        new DetectorDriver(Map.of("alert.include.record", "false", "alert.top.features", "2"));
    detector.publish(Pumps.version(1));

    detector.pipe(Pumps.outlier());

    Alert alert = detector.alerts.readValue();
    assertThat(alert.getRecord()).isNull();
    assertThat(alert.getContributions()).hasSize(2);
  }

  @Test
  void headersTravelOn() {
    detector.publish(Pumps.version(1));
    var headers = new RecordHeaders().add("trace", "4711".getBytes(UTF_8));

    detector.pipe(Pumps.outlier(), headers);
    detector.pipe(null, headers);

    assertThat(DetectorDriver.text(detector.alerts.readRecord().headers()))
        .containsExactlyEntriesOf(Map.of("trace", "4711"));
    assertThat(DetectorDriver.text(detector.scores.readRecord().headers()))
        .containsExactlyEntriesOf(Map.of("trace", "4711"));
    assertThat(DetectorDriver.text(detector.window.readRecord().headers()))
        .containsEntry("trace", "4711");
    assertThat(DetectorDriver.text(detector.deadLetters.readRecord().headers()))
        .containsEntry("trace", "4711");
  }

  @Test
  void beforeTheFirstModelRecordsGoToTheWindowAndNowhereElse() {
    detector.pipe(Pumps.outlier());

    TestRecord<byte[], byte[]> record = detector.window.readRecord();
    assertThat(record.key()).isEqualTo(DetectorDriver.KEY);
    assertThat(record.value()).isEqualTo(Pumps.outlier());
    assertThat(record.getRecordTime()).isEqualTo(DetectorDriver.EVENT_TIME);
    assertThat(DetectorDriver.text(record.headers()))
        .containsExactlyInAnyOrderEntriesOf(Map.of("nelbo.partition", "0", "nelbo.offset", "0"));
    assertThat(detector.topology.producedTopicNames()).containsExactly("pumps.window");
    assertThat(detector.warmUp.records()).isEqualTo(1);
    assertThat(detector.warmUp.isComplete()).isFalse();
  }

  @Test
  void warmUpIsCompleteWithTheRecordsTheFirstModelTakes() {
    for (int i = 0; i < 100; i++) {
      detector.pipe(Pumps.normal());
    }

    assertThat(detector.warmUp.isComplete()).isTrue();
    assertThat(detector.window.getQueueSize()).isEqualTo(100);
    assertThat(detector.count("sampled")).isEqualTo(100);
  }

  @Test
  void scoredWindowRecordSaysByWhichModelAndHowRareItWas() {
    detector.publish(Pumps.version(5));

    detector.pipe(Pumps.outlier());

    double pValue = detector.alerts.readValue().getPValue();
    assertThat(DetectorDriver.text(detector.window.readRecord().headers()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "nelbo.partition", "0",
                "nelbo.offset", "0",
                "nelbo.p-value", Double.toString(pValue),
                "nelbo.model.version", "5"));
  }

  @Test
  void exactlyTheSampledRecordsReachTheWindow() {
    detector.close();
    detector =
        new DetectorDriver(Map.of("window.max.records", "100", "retrain.min.records", "100"));
    detector.publish(Pumps.version(1));
    WindowSample sample = new WindowSample(100, java.time.Duration.ofHours(24));

    for (int i = 0; i < 500; i++) {
      detector.pipe(Pumps.normal());
    }

    var sampled =
        detector.window.readRecordsToList().stream()
            .map(r -> Long.valueOf(DetectorDriver.text(r.headers()).get("nelbo.offset")))
            .toList();
    var expected =
        java.util.stream.LongStream.range(0, 500)
            .filter(
                offset ->
                    sample.takes(
                        new TestMetadata("readings", 0, offset),
                        DetectorDriver.EVENT_TIME.toEpochMilli()))
            .boxed()
            .toList();
    assertThat(sampled).isEqualTo(expected).hasSizeBetween(20, 80);
    assertThat(detector.count("sampled")).isEqualTo(sampled.size());
  }

  private static double sum(double[] values) {
    return java.util.Arrays.stream(values).sum();
  }
}
