package io.nelbo.streams.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.score.Contribution;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  @Test
  void featureIsNamedWithWhatWasExpected() {
    assertThat(Explanation.of(List.of(number("vibration", 9.1, 2.3, 1.8, 2.9, 20, 0.9)), 1, 2e-6))
        .isEqualTo("vibration 9.1 where 2.3 (1.8–2.9) was expected; p = 2e-6");
  }

  @Test
  void categoriesAreGivenWithTheirProbability() {
    assertThat(Explanation.of(List.of(category("country", "KP", "FR", 0.93, 7)), 0, 0.0004))
        .isEqualTo("country KP where FR (93 %) was expected; p = 4e-4");
    assertThat(Explanation.of(List.of(category("running", false, true, 0.9996, 7)), 0, 0.0004))
        .isEqualTo("running false where true (100 %) was expected; p = 4e-4");
  }

  @Test
  void otherFeaturesOfWeightAreNamedToo() {
    assertThat(
            Explanation.of(
                List.of(
                    number("flow", 3, 40, 30, 50, 20, 0.5),
                    category("country", "KP", "FR", 0.93, 10),
                    number("level", 9, 5, 1, 8, 2, 0.05)),
                0,
                1e-12))
        .isEqualTo(
            "flow 3 where 40 (30–50) was expected, country KP where FR (93 %) was expected; p = 1e-12");
  }

  @Test
  void combinationIsTheReasonWhereTheKlIs() {
    assertThat(Explanation.of(List.of(number("flow", 45, 40, 30, 50, 2, 0.1)), 12.34, 2e-4))
        .isEqualTo(
            "unusual combination of values (KL 12.3 nats above normal), flow 45 where 40 (30–50) was expected; p = 2e-4");
  }

  @Test
  void missingValueIsCalledMissing() {
    assertThat(Explanation.of(List.of(number("flow", null, -2.3, -2.9, -1.8, 3, 0.5)), 0, 0.01))
        .isEqualTo("flow missing where -2.3 (-2.9 to -1.8) was expected; p = 0.01");
  }

  @Test
  void recordWithoutAnythingUnusualIsNotExplainedAway() {
    assertThat(Explanation.of(List.of(number("flow", 40, 40, 30, 50, -1, 0)), -1, 0.4))
        .isEqualTo("no feature stands out; p = 0.4");
  }

  private static Contribution number(
      String name,
      @Nullable Number observed,
      double expected,
      double low,
      double high,
      double nats,
      double share) {
    return new Contribution(
        name,
        FeatureKind.CONTINUOUS,
        observed == null ? null : observed.doubleValue(),
        expected,
        low,
        high,
        Double.NaN,
        nats,
        share);
  }

  private static Contribution category(
      String name, Object observed, Object expected, double probability, double nats) {
    return new Contribution(
        name,
        FeatureKind.CATEGORICAL,
        observed,
        expected,
        Double.NaN,
        Double.NaN,
        probability,
        nats,
        nats / 20);
  }
}
