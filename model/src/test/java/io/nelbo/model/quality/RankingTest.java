package io.nelbo.model.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankingTest {
  @Test
  void perfectRankingHasOneInEveryMeasure() {
    Ranking ranking =
        Ranking.of(new double[] {1, 9, 2, 8}, new boolean[] {false, true, false, true});

    assertThat(ranking).isEqualTo(new Ranking(4, 2, 1, 1, 1));
  }

  @Test
  void knownRankingHasTheMeasuresWorkedOutByHand() {
    // From the top: anomaly, normal, anomaly, normal, normal.
    double[] scores = {5, 4, 3, 2, 1};
    boolean[] anomalous = {true, false, true, false, false};

    Ranking ranking = Ranking.of(scores, anomalous);

    assertThat(ranking.auroc()).isEqualTo(5.0 / 6, within(1e-15));
    assertThat(ranking.auprc()).isEqualTo((1 + 2.0 / 3) / 2, within(1e-15));
    assertThat(ranking.precisionAtAnomalies()).isEqualTo(0.5);
  }

  @Test
  void equalScoresSayNothing() {
    double[] scores = {7, 7, 7, 7};
    boolean[] anomalous = {true, false, false, false};

    Ranking ranking = Ranking.of(scores, anomalous);

    assertThat(ranking.auroc()).isEqualTo(0.5);
    assertThat(ranking.auprc()).isEqualTo(0.25);
    assertThat(ranking.precisionAtAnomalies()).isEqualTo(0.25);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 1000})
  void measuresAreThoseOfBruteForceTiesIncluded(int distinct) {
    SplittableRandom random = new SplittableRandom(distinct);
    double[] scores = new double[157];
    boolean[] anomalous = new boolean[scores.length];
    for (int i = 0; i < scores.length; i++) {
      anomalous[i] = random.nextInt(5) == 0;
      scores[i] = random.nextInt(distinct) + (anomalous[i] ? random.nextInt(distinct) : 0);
    }

    Ranking ranking = Ranking.of(scores, anomalous);

    assertThat(ranking.auroc()).isEqualTo(pairs(scores, anomalous), within(1e-12));
    assertThat(ranking.auprc()).isEqualTo(thresholds(scores, anomalous), within(1e-12));
  }

  @Test
  void infiniteScoreIsAboveAllOthers() {
    double[] scores = {Double.POSITIVE_INFINITY, 1, Double.NEGATIVE_INFINITY};

    Ranking ranking = Ranking.of(scores, new boolean[] {true, false, false});

    assertThat(ranking.auroc()).isEqualTo(1);
  }

  @Test
  void oneKindOfRecordAloneIsRefused() {
    assertThatThrownBy(() -> Ranking.of(new double[3], new boolean[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 of 3 records are anomalies");
  }

  @Test
  void scoreThatIsNoNumberIsRefused() {
    assertThatThrownBy(() -> Ranking.of(new double[] {1, Double.NaN}, new boolean[] {true, false}))
        .hasMessage("score 1 must be a number, was NaN");
  }

  /** AUROC as it is defined: the share of pairs in the right order. */
  private static double pairs(double[] scores, boolean[] anomalous) {
    double right = 0;
    long pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (anomalous[i] && !anomalous[j]) {
          pairs++;
          right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }
    return right / pairs;
  }

  /** Average precision as it is defined: over every threshold from the top. */
  private static double thresholds(double[] scores, boolean[] anomalous) {
    int anomalies = 0;
    for (boolean anomaly : anomalous) {
      anomalies += anomaly ? 1 : 0;
    }
    double sum = 0;
    double recallBefore = 0;
    double[] distinct = Arrays.stream(scores).distinct().sorted().toArray();
    for (int t = distinct.length - 1; t >= 0; t--) {
      int flagged = 0;
      int caught = 0;
      for (int i = 0; i < scores.length; i++) {
        if (scores[i] >= distinct[t]) {
          flagged++;
          caught += anomalous[i] ? 1 : 0;
        }
      }
      double recall = (double) caught / anomalies;
      sum += (recall - recallBefore) * caught / flagged;
      recallBefore = recall;
    }
    return sum;
  }
}
