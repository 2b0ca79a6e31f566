package io.nelbo.model.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.model.policy.PValueCounts;
import org.junit.jupiter.api.Test;

class LiveComparisonTest {
  @Test
  void candidateThatFlagsNoMoreMayFollow() {
    LiveComparison comparison = new LiveComparison(candidate(10), 40, 8, -0.412);

    Succession verdict = comparison.verdict("version 3");

    assertThat(verdict.isAllowed()).isTrue();
    assertThat(verdict.reason())
        .isEqualTo(
            "flags 1.00 % of 1,000 live records where version 3 flags 4.00 %, 19 % of them in common; its p-values have moved by 0.00, its scores are -0.41 nats off on average");
  }

  @Test
  void candidateThatFlagsMoreThanTheModelInForceAndThanAlphaExplainsMayNot() {
    assertThat(new LiveComparison(candidate(60), 40, 40, 1).verdict("version 3").isAllowed())
        .isFalse();
    assertThat(new LiveComparison(candidate(15), 10, 10, 1).verdict("version 3").isAllowed())
        .isTrue();
  }

  @Test
  void twoThatFlagNothingAgree() {
    assertThat(new LiveComparison(candidate(0), 0, 0, 0).overlap()).isEqualTo(1);
  }

  @Test
  void bothCannotFlagMoreThanEach() {
    assertThatThrownBy(() -> new LiveComparison(candidate(5), 40, 6, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was 6 of 40 and 5");
  }

  private static PValueCounts candidate(int flagged) {
    PValueCounts counts = new PValueCounts(0.01);
    for (int i = 0; i < 1_000; i++) {
      counts.add(i < flagged ? 0.001 : 0.01 + 0.99 * (i - flagged + 0.5) / (1_000 - flagged));
    }
    return counts;
  }
}
