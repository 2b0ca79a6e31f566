package io.nelbo.model.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PValueCountsTest {
  @Test
  void edgeBelongsToTheBinBelowIt() {
    PValueCounts counts = new PValueCounts(0.01);

    List.of(1e-9, 0.01, 0.010001, 0.05, 0.3, 0.300001, 1.0).forEach(counts::add);

    assertThat(counts.bins()).containsExactly(2L, 1L, 1L, 0L, 0L, 1L, 1L, 0L, 0L, 0L, 0L, 0L, 1L);
    assertThat(counts.records()).isEqualTo(7);
    assertThat(counts.flagged()).isEqualTo(2);
    assertThat(counts.flaggedShare()).isEqualTo(2.0 / 7);
  }

  @Test
  void alphaBetweenEdgesIsCountedExactly() {
    PValueCounts counts = new PValueCounts(0.03);

    List.of(0.03, 0.0301, 0.5).forEach(counts::add);

    assertThat(counts.flagged()).isEqualTo(1);
  }

  @Test
  void uniformPValuesHaveNotMovedHoweverManyOutliersThereAre() {
    PValueCounts counts = uniform(10_000);
    for (int i = 0; i < 4_000; i++) {
      counts.add(1e-6);
    }

    assertThat(counts.bulkShift()).isCloseTo(0, within(0.001));
    assertThat(counts.flaggedShare()).isCloseTo(0.29, within(0.01));
  }

  @Test
  void whatComesNearerToAlphaHasMoved() {
    PValueCounts counts = new PValueCounts(0.01);
    for (int i = 1; i <= 1_000; i++) {
      counts.add(0.01 + 0.99 * Math.pow(i / 1000.0, 3));
    }

    // F(u) = ∛u exceeds u most, by 0.385, at 1/√27; the nearest edge above α is 0.2.
    assertThat(counts.bulkShift()).isCloseTo(0.385, within(0.005));
  }

  @Test
  void recordsThatOrdinaryOnesWouldLeaveAsUnlikelyShowUpToATenth() {
    PValueCounts counts = uniform(700);
    for (int i = 0; i < 300; i++) {
      counts.add(i < 50 ? 0.005 : i < 200 ? 0.03 : 0.15);
    }

    // 35 + 200 of 1,000 are at or below 0.05, where 5 % of the 800 others are expected.
    assertThat(counts.unlikelyShare()).isCloseTo((0.235 - 0.05) / 0.95, within(0.002));
    assertThat(uniform(1_000).unlikelyShare()).isCloseTo(0, within(0.002));
  }

  @Test
  void whatScoresLowerThanBeforeHasNotMoved() {
    PValueCounts counts = new PValueCounts(0.01);
    for (int i = 1; i <= 1_000; i++) {
      counts.add(Math.sqrt(i / 1000.0));
    }

    assertThat(counts.bulkShift()).isCloseTo(0, within(1e-3));
  }

  @Test
  void countsOfSeveralPartitionsAddUp() {
    PValueCounts one = uniform(500);
    PValueCounts other = PValueCounts.of(0.01, uniform(300).flagged(), uniform(300).bins());

    one.add(other);

    assertThat(one.records()).isEqualTo(800);
    assertThat(one.flagged()).isEqualTo(uniform(500).flagged() + uniform(300).flagged());
  }

  @Test
  void countsThatCannotBeAreRefused() {
    List<Long> none = Collections.nCopies(PValueCounts.UPPER_EDGES.size(), 0L);

    assertThatThrownBy(() -> PValueCounts.of(0.01, 1, none))
        .hasMessage("flagged must be from 0 to the records, 0, was 1");
    assertThatThrownBy(() -> PValueCounts.of(0.01, 0, List.of(1L)))
        .hasMessageStartingWith("counts must be 13");
    assertThatThrownBy(() -> new PValueCounts(0.01).add(new PValueCounts(0.02)))
        .hasMessage("alpha must be 0.01, was 0.02");
  }

  private static PValueCounts uniform(int records) {
    PValueCounts counts = new PValueCounts(0.01);
    for (int i = 1; i <= records; i++) {
      counts.add(i / (double) records);
    }
    return counts;
  }
}
