package io.nelbo.model.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.model.policy.Decision.Action;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetrainPolicyTest {
  private static final PolicyState RISEN = new PolicyState(1, Hold.NONE);

  private final RetrainPolicy policy = RetrainPolicy.of(0.001);

  @ParameterizedTest
  @CsvSource({
    // flagged of 1,000, intervals risen before, action, intervals risen after
    "10, 0, KEEP, 0",
    "30, 0, KEEP, 0",
    "30, 1, KEEP, 0",
    "31, 0, KEEP, 1",
    "31, 1, RETRAIN, 0",
    "333, 1, RETRAIN, 0",
    "334, 0, HOLD, 0",
    "334, 1, HOLD, 0",
    "1000, 0, HOLD, 0",
  })
  void shareFlaggedDecides(int flagged, int risen, Action action, int risenAfter) {
    Decision decision =
        policy.decide(new PolicyState(risen, Hold.NONE), interval(1_000, flagged, 1));

    assertThat(decision.action()).isEqualTo(action);
    assertThat(decision.next().risen()).isEqualTo(risenAfter);
  }

  @Test
  void trafficThatMovesWithoutBeingFlaggedIsRetrainedOn() {
    PValueCounts moved = interval(1_000, 10, 8);

    Decision first = policy.decide(PolicyState.INITIAL, moved);
    Decision second = policy.decide(first.next(), moved);

    assertThat(first.action()).isEqualTo(Action.KEEP);
    assertThat(second.action()).isEqualTo(Action.RETRAIN);
    assertThat(second.reason())
        .matches(
            "1.00 % of 1,000 records are flagged at 1 %, but the p-values of the others have moved by 0\\.6\\d, once more");
  }

  @Test
  void attackThatMostlyMissesAlphaIsHeldToo() {
    // A tenth is flagged, another 350 are unlikely, and 550 as they should be.
    PValueCounts attack =
        PValueCounts.of(
            0.01,
            100,
            List.of(100L, 120L, 130L, 150L, 50L, 50L, 50L, 50L, 60L, 60L, 60L, 60L, 60L));

    Decision decision = policy.decide(RISEN, attack);

    assertThat(decision.action()).isEqualTo(Action.HOLD);
    assertThat(decision.next().hold()).isEqualTo(Hold.ASKED);
    assertThat(decision.reason())
        .isEqualTo(
            "10.00 % of 1,000 records are flagged at 1 %, and 44.44 % are unlikely, more than a third, where the rest has moved by 0.00: drift or attack? Nothing of it is learned");
  }

  @Test
  void driftThatLeavesMoreThanAThirdUnlikelyIsRetrainedOnBecauseTheRestHasMovedToo() {
    PValueCounts drift = interval(1_000, 50, 3);

    assertThat(drift.unlikelyShare()).isGreaterThan(1.0 / 3);
    assertThat(policy.decide(RISEN, drift).action()).isEqualTo(Action.RETRAIN);
  }

  @Test
  void personIsAskedOnceForAsLongAsTooMuchIsFlagged() {
    PValueCounts attack = interval(1_000, 400, 1);

    Decision asked = policy.decide(RISEN, attack);
    Decision rejected = policy.decide(asked.next().rejected(), attack);
    Decision over = policy.decide(rejected.next(), interval(1_000, 9, 1));
    Decision again = policy.decide(over.next(), attack);

    assertThat(asked.next().hold()).isEqualTo(Hold.ASKED);
    assertThat(rejected.action()).isEqualTo(Action.HOLD);
    assertThat(rejected.next().hold()).isEqualTo(Hold.REJECTED);
    assertThat(over.next()).isEqualTo(PolicyState.INITIAL);
    assertThat(again.next().hold()).isEqualTo(Hold.ASKED);
  }

  @Test
  void nothingCanBeRejectedThatIsNotHeld() {
    assertThatThrownBy(RISEN::rejected)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("nothing is held, so there is nothing to reject");
  }

  @Test
  void alphaIsTheAlertRateButAtLeastOnePercent() {
    assertThat(RetrainPolicy.of(0.001).alpha()).isEqualTo(0.01);
    assertThat(RetrainPolicy.of(0.05).alpha()).isEqualTo(0.05);
  }

  @Test
  void reasonsSayTheNumbers() {
    assertThat(policy.decide(RISEN, interval(2_000, 82, 1)).reason())
        .isEqualTo("4.10 % of 2,000 records are flagged at 1 %, more than 3 %, once more");
    assertThat(policy.decide(RISEN, interval(1_000, 410, 1)).reason())
        .isEqualTo(
            "41.00 % of 1,000 records are flagged at 1 %, more than a third: drift or attack? Nothing of it is learned");
  }

  @Test
  void tooFewRecordsAreNoInterval() {
    assertThatThrownBy(() -> policy.decide(RISEN, interval(99, 5, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("100 or more records counted at 0.01, was 99 at 0.01");
  }

  /** The others' p-values are uniform to a power, which moves them to small values. */
  private static PValueCounts interval(int records, int flagged, double power) {
    PValueCounts counts = new PValueCounts(0.01);
    for (int i = 0; i < flagged; i++) {
      counts.add(0.001);
    }
    int others = records - flagged;
    for (int i = 1; i <= others; i++) {
      counts.add(0.0101 + 0.9899 * Math.pow(i / (double) others, power));
    }
    return counts;
  }
}
