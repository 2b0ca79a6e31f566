package io.nelbo.model.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
  void rateFlagsTheHighestScores() {
    double[] scores = {10, 9, 8, 7, 6, 5, 4, 3, 2, 1};

    assertThat(Alarms.atRate(scores, ANOMALOUS, 0.3)).isEqualTo(new Alarms(3, 2, 3, 10));
    assertThat(Alarms.atRate(scores, ANOMALOUS, 0).caught()).isZero();
    assertThat(Alarms.atRate(scores, ANOMALOUS, 1).recall()).isEqualTo(1);
  }

  @Test
  void recordsOfOneScoreAtTheEdgeCountByTheirShare() {
    // Two fit besides the first, of four with the same score, two of which are anomalies.
    double[] scores = {10, 9, 9, 9, 9, 5, 4, 3, 2, 1};

    Alarms alarms = Alarms.atRate(scores, ANOMALOUS, 0.3);

    assertThat(alarms.caught()).isEqualTo(1 + 2 * 0.5, within(1e-12));
  }

  @Test
  void nothingFlaggedHasNoPrecision() {
    assertThat(Alarms.of(new boolean[10], ANOMALOUS).precision()).isNaN();
  }

  @Test
  void impossibleRateIsRefused() {
    assertThatThrownBy(() -> Alarms.atRate(new double[10], ANOMALOUS, 1.5))
        .hasMessage("rate must be between 0 and 1, was 1.5");
  }
}
