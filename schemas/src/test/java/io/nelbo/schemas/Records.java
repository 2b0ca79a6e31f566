package io.nelbo.schemas;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

final class Records {
  private static final Instant TIME = Instant.parse("2026-03-01T10:15:30.123Z");
  private static final Source SOURCE = new Source("pumps", 3, 41L, TIME);
  private static final ModelReference MODEL = new ModelReference("vae", 7L, "ab12", TIME);

  private Records() {}

  static Alert alert() {
    return Alert.newBuilder()
        .setAlertId(UUID.nameUUIDFromBytes(new byte[] {1}))
        .setDetector("nelbo")
        .setSource(SOURCE)
        .setScoredAt(TIME)
        .setScore(31.5)
        .setReconstruction(28.5)
        .setKl(3)
        .setPValue(2e-6)
        .setSurprise(5.7)
        .setAlertRate(0.001)
        .setSeverity(Severity.HIGH)
        .setModel(MODEL)
        .setContributions(
            List.of(
                contribution("vibration", 9.1, 2.3, 1.8, 2.9, null),
                contribution("running", true, false, null, null, 0.99),
                contribution("mode", "BOOST", "OTHER", null, null, 0.8),
                contribution("tankLevel", null, null, null, null, null)))
        .setKlContribution(0.4)
        .setRecord(new OriginalRecord(ByteBuffer.wrap(new byte[] {1, 2, 3}), -5L))
        .setReason("vibration 9.1 where 2.3 (1.8–2.9) was expected")
        .build();
  }

  private static Contribution contribution(
      String feature, Object observed, Object expected, Double low, Double high, Double p) {
    return new Contribution(feature, observed, expected, low, high, p, 1.5, 0.25);
  }

  static Score score() {
    return new Score("nelbo", SOURCE, TIME, 1.5, 1.0, 0.5, 0.4, 0.4, 0.001, MODEL);
  }

  static Model model() {
    return Model.newBuilder()
        .setFormatVersion(1)
        .setName("vae")
        .setVersion(7)
        .setTrainedAt(TIME)
        .setSha256("ab12")
        .setFeatures(
            List.of(
                new Feature(
                    "flow", FeatureKind.CONTINUOUS, 12.0, 3.0, List.of(), true, 0.1, List.of()),
                new Feature(
                    "mode",
                    FeatureKind.CATEGORICAL,
                    0.0,
                    1.0,
                    List.of("ECO"),
                    false,
                    0.0,
                    List.of(0.2, 0.8))))
        .setLikelihood(ContinuousLikelihood.STUDENT_T)
        .setDiscreteFloor(0.001)
        .setMembers(
            List.of(
                new Member(
                    new Shape(4, 2, 8, 4, 3, 1, true, 0),
                    ByteBuffer.wrap(new byte[] {0, 0, -128, 63}),
                    List.of(0.5f, -1f))))
        .setBaseline(List.of(1.0, 2.0, 0.1))
        .setCalibration(List.of(-1.0, 0.0, 4.5))
        .setCalibrationSize(3)
        .setSelfTest(new SelfTest(List.of(Double.NaN, 1.0), 3.25))
        .setReport(
            new TrainingReport(
                TIME, TIME, 100, 75, 25, 400, 1.5, "cpu()", 0L, -2.0, -2.1, "the first model"))
        .build();
  }
}
