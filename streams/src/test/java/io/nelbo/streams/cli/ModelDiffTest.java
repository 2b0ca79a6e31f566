package io.nelbo.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.streams.Pumps;
import io.nelbo.streams.TestModels;
import io.nelbo.streams.input.FixedSchemas;
import io.nelbo.streams.input.ObservationReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelDiffTest {
  private final ObservationReader reader =
      new ObservationReader(FixedSchemas.of(List.of(Pumps.SCHEMA)));

  @Test
  void featuresThatCameWentAndChangedAreNamed() {
    ModelVersion first =
        version(
            1,
            FeatureSpec.continuous("flow", 10, 2, false),
            FeatureSpec.binary("running", false),
            FeatureSpec.categorical("mode", List.of("ECO", "BOOST"), false));
    ModelVersion second =
        version(
            2,
            FeatureSpec.continuous("flow", 13, 4, true),
            FeatureSpec.categorical("mode", List.of("BOOST", "OFF"), false),
            FeatureSpec.binary("door", false));

    ModelDiff diff = ModelDiff.of(first, second);

    assertThat(diff.added()).containsExactly("door");
    assertThat(diff.removed()).containsExactly("running");
    assertThat(diff.changed()).hasSize(2);
    assertThat(diff.changed().get(0).shift()).isEqualTo(1.5);
    assertThat(diff.changed().get(0).widened()).isEqualTo(2);
    assertThat(diff.changed().get(1).newValues()).containsExactly("OFF");
    assertThat(diff.changed().get(1).lostValues()).containsExactly("ECO");
    ScoreShift none = ScoreShift.of(first, second, List.of(), reader);
    assertThat(DiffText.plain(1, 2, diff, none).lines())
        .contains(
            "  + door",
            "  - running",
            "  ~ flow: mean 10.0000 to 13.0000 (+1.50 scales), scale 2.00000 to 4.00000 (x 2.00); may be missing now",
            "  ~ mode: new values OFF; lost values ECO",
            "no record of the window can be scored by both, 0 cannot");
  }

  @Test
  void sameModelHasNoDifference() {
    ModelDiff diff = ModelDiff.of(Pumps.version(1), Pumps.version(2));

    assertThat(diff.added()).isEmpty();
    assertThat(diff.removed()).isEmpty();
    assertThat(diff.changed()).isEmpty();
    assertThat(diff.quantiles()).allMatch(q -> q.first() == q.second());
  }

  @Test
  void recordsOfTheWindowAreScoredByBoth() {
    ModelVersion first = Pumps.version(1);
    ModelVersion second = Pumps.version("vae", 2, 9.1);
    List<byte[]> window = List.of(Pumps.normal(), Pumps.normal(), Pumps.outlier(), new byte[3]);

    ScoreShift shift = ScoreShift.of(first, second, window, reader);

    assertThat(shift.records()).isEqualTo(3);
    assertThat(shift.unreadable()).isEqualTo(1);
    assertThat(shift.flaggedFirst()).isEqualTo(1);
    assertThat(shift.flaggedSecond()).isEqualTo(2);
    assertThat(shift.flaggedBoth()).isZero();
    double far = 0.5 * Math.pow((9.1 - 2.3) / Pumps.VIBRATION_SCALE, 2);
    assertThat(shift.medianShift()).isCloseTo(far, within(1e-3 * far));
    var json = DiffText.json(1, 2, ModelDiff.of(first, second), shift);
    assertThat(json.get("window").get("records").asInt()).isEqualTo(3);
    assertThat(json.get("calibration")).hasSize(4);
    assertThat(json.get("changed").get(0).get("name").asText()).isEqualTo("vibration");
  }

  private static ModelVersion version(long version, FeatureSpec... specs) {
    return TestModels.version("vae", version, Features.of(List.of(specs)));
  }
}
