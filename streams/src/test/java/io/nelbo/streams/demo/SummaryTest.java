package io.nelbo.streams.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.schemas.ModelReference;
import io.nelbo.schemas.Score;
import io.nelbo.schemas.Source;
import io.nelbo.streams.local.Episode;
import io.nelbo.streams.local.ScenarioName;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private final Ledger ledger = new Ledger();
  private final Outcomes outcomes = new Outcomes();

  @Test
  void episodeBeforeTheFirstModelIsNotJudged() {
    Episode early = new Episode(1, "leak");
    Episode late = new Episode(2, "leak");
    ledger.sent(at(0), early, true);
    ledger.sent(at(1), early, true);
    ledger.sent(at(2), late, false);
    outcomes.score(score(1, 1));
    outcomes.score(score(2, 1));
    outcomes.alert(at(1));

    Summary summary = summary();

    assertThat(summary.total()).isEqualTo(new Summary.Tally(1, 0, 0));
    assertThat(summary.falseAlerts()).isZero();
  }

  @Test
  void oneAlertCatchesAnEpisodeAndNormalAlertsAreFalse() {
    Episode drift = new Episode(1, "drift");
    ledger.sent(at(0), null, false);
    ledger.sent(at(1), drift, false);
    ledger.sent(at(2), drift, true);
    for (int offset = 0; offset < 3; offset++) {
      outcomes.score(score(offset, 1));
    }
    outcomes.alert(at(0));
    outcomes.alert(at(2));
    outcomes.alert(at(2));

    Summary summary = summary();

    assertThat(summary.kinds()).isEqualTo(Map.of("drift", new Summary.Tally(1, 1, 1)));
    assertThat(summary.alerts()).isEqualTo(2);
    assertThat(summary.falseAlerts()).isEqualTo(1);
  }

  @Test
  void recordThatIsNeitherScoredNorDeadIsMissed() {
    for (int offset = 0; offset < 6; offset++) {
      ledger.sent(at(offset), null, false);
    }
    outcomes.deadLetter(at(1), "NULL_VALUE");
    outcomes.score(score(2, 1));
    outcomes.deadLetter(at(3), "NULL_VALUE");
    outcomes.score(score(4, 1));

    assertThat(summary().unscored()).isEqualTo(1);
    assertThat(outcomes.hasReached(ledger.lastOffsets())).isFalse();
    assertThat(summary().deadLetters()).isEqualTo(2);
  }

  private Summary summary() {
    return Summary.of(ScenarioName.SENSORS, ledger, outcomes, 1);
  }

  private static Coordinates at(long offset) {
    return new Coordinates(0, offset);
  }

  private static Score score(long offset, long version) {
    Score score = new Score();
    score.setSource(new Source("sensors", 0, offset, Instant.EPOCH));
    score.setModel(new ModelReference("vae", version, "", Instant.EPOCH));
    score.setScoredAt(Instant.EPOCH);
    return score;
  }
}
