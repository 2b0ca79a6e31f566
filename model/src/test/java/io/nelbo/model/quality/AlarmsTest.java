package io.nelbo.model.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AlarmsTest {
  private static final boolean[] ANOMALOUS = {
    true, true, false, false, true, false, false, false, false, false
  };

  @Test
  void flaggedRecordsAreCounted() {
    boolean[] flagged = {true, false, true, false, true, false, false, false, false, false};

    Alarms alarms = Alarms.of(flagged, ANOMALOUS);

    assertThat(alarms).isEqualTo(new Alarms(3, 2, 3, 10));
    assertThat(alarms.precision()).isEqualTo(2.0 / 3);
    assertThat(alarms.recall()).isEqualTo(2.0 / 3);
    assertThat(alarms.falseRate()).isEqualTo(1.0 / 7);
  }

  @Test
  void topFlagsTheHighestScores() {
    double[] scores = {10, 9, 8, 7, 6, 5, 4, 3, 2, 1};

    assertThat(Alarms.top(scores, ANOMALOUS, 3)).isEqualTo(new Alarms(3, 2, 3, 10));
    assertThat(Alarms.top(scores, ANOMALOUS, 0).caught()).isZero();
    assertThat(Alarms.top(scores, ANOMALOUS, 10).recall()).isEqualTo(1);
  }

  @Test
  void recordsOfOneScoreAtTheEdgeCountByTheirShare() {
    // Two fit besides the first, of four with the same score, two of which are anomalies.
    double[] scores = {10, 9, 9, 9, 9, 5, 4, 3, 2, 1};

    Alarms alarms = Alarms.top(scores, ANOMALOUS, 3);

    assertThat(alarms.caught()).isEqualTo(1 + 2 * 0.5, within(1e-12));
  }

  @Test
  void nothingFlaggedHasNoPrecision() {
    assertThat(Alarms.of(new boolean[10], ANOMALOUS).precision()).isNaN();
  }

  @Test
  void alarmsOfSeveralSetsAreCountedTogether() {
    Alarms both = new Alarms(3, 2, 3, 10).plus(new Alarms(1, 0, 2, 20));

    assertThat(both).isEqualTo(new Alarms(4, 2, 5, 30));
    assertThat(both.f1()).isEqualTo(4.0 / 9);
    assertThat(both.falseRate()).isEqualTo(2.0 / 25);
  }
}
