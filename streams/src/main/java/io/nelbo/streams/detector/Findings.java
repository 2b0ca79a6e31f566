package io.nelbo.streams.detector;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.score.Contribution;
import io.nelbo.schemas.Alert;
import io.nelbo.schemas.OriginalRecord;
import io.nelbo.schemas.Score;
import io.nelbo.schemas.Severity;
import io.nelbo.schemas.Source;
import io.nelbo.streams.config.DetectorConfig;
import io.nelbo.streams.input.Decoded;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Writes down, as scores and alerts, what was found out about a record. */
final class Findings {
  private final String detector;
  private final double alertRate;
  private final int topFeatures;
  private final boolean includeRecord;

  Findings(DetectorConfig config) {
    detector = config.applicationId();
    alertRate = config.alertRate();
    topFeatures = config.alertTopFeatures();
    includeRecord = config.alertIncludesRecord();
  }

  Score score(Record<byte[], byte[]> record, RecordMetadata source, Scored scored, long nowMs) {
    return new Score(
        detector,
        source(record, source),
        Instant.ofEpochMilli(nowMs),
        scored.score(),
        scored.reconstruction(),
        scored.kl(),
        scored.pValue(),
        scored.surprise(),
        alertRate,
        scored.model());
  }

  /**
   * Writes an alert.
   *
   * @param scorer what gave the score, and nothing since
   */
  Alert alert(
      Record<byte[], byte[]> record,
      RecordMetadata source,
      Decoded decoded,
      Scored scored,
      RecordScorer scorer,
      long nowMs) {
    List<Contribution> contributions =
        scorer.contributions(topFeatures).stream()
            .map(c -> OriginalValues.restore(c, decoded))
            .toList();
    Alert.Builder alert =
        Alert.newBuilder()
            .setAlertId(alertId(source, scored.model().getName()))
            .setDetector(detector)
            .setSource(source(record, source))
            .setScoredAt(Instant.ofEpochMilli(nowMs))
            .setScore(scored.score())
            .setReconstruction(scored.reconstruction())
            .setKl(scored.kl())
            .setPValue(scored.pValue())
            .setSurprise(scored.surprise())
            .setAlertRate(alertRate)
            .setSeverity(severity(scored.surprise(), alertRate))
            .setModel(scored.model())
            .setContributions(contributions.stream().map(Findings::toAvro).toList())
            .setKlContribution(scorer.klContribution())
            .setReason(Explanation.of(contributions, scorer.klContribution(), scored.pValue()));
    if (includeRecord) {
      alert.setRecord(new OriginalRecord(ByteBuffer.wrap(record.value()), decoded.fingerprint()));
    }
    return alert.build();
  }

  /** The same for the same record at every replay, so that a consumer can leave out doubles. */
  static UUID alertId(RecordMetadata source, String modelName) {
    String name =
        source.topic() + "/" + source.partition() + "/" + source.offset() + "/" + modelName;
    return UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
  }

  /** By the decades of surprise above the alert rate: under 1, under 2, under 3, 3 or more. */
  static Severity severity(double surprise, double alertRate) {
    double decades = surprise + Math.log10(alertRate);
    if (decades < 1) {
      return Severity.LOW;
    }
    if (decades < 2) {
      return Severity.MEDIUM;
    }
    return decades < 3 ? Severity.HIGH : Severity.CRITICAL;
  }

  private static Source source(Record<byte[], byte[]> record, RecordMetadata source) {
    return new Source(
        source.topic(),
        source.partition(),
        source.offset(),
        Instant.ofEpochMilli(record.timestamp()));
  }

  private static io.nelbo.schemas.Contribution toAvro(Contribution c) {
    var contribution =
        io.nelbo.schemas.Contribution.newBuilder()
            .setFeature(c.feature())
            .setExpected(c.expected())
            .setNats(c.nats())
            .setShare(c.share());
    if (c.observed() != null) {
      contribution.setObserved(c.observed());
    }
    if (c.kind() == FeatureKind.CONTINUOUS) {
      contribution.setLow(c.low()).setHigh(c.high());
    } else {
      contribution.setProbability(c.probability());
    }
    return contribution.build();
  }
}
