package io.nelbo.model.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExplainedTest {
  private static final int RECORDS = 1_000;
  private static final int FLAGGED = 50;

  @Test
  void outliersBesideUnchangedTrafficAreNoReasonForASuccessor() {
    Explained explained = explained(row -> row < FLAGGED ? 100 : row / 1000.0, 1);

    assertThat(explained.isVetoed()).isTrue();
    assertThat(explained.describe("version 3"))
        .isEqualTo(
            "explains 0 of the 50 records that version 3 flags, whose traffic has moved by 0.00");
  }

  @Test
  void whoeverExplainsAQuarterOfThemMayFollow() {
    // Of the first 50 rows, which are flagged, 13 are as likely to the candidate as the others.
    Explained explained = explained(row -> row < 37 ? 100 : row / 1000.0, 1);

    assertThat(explained.isVetoed()).isFalse();
  }

  @Test
  void trafficThatHasMovedNeedsASuccessorWhateverItExplains() {
    Explained explained = explained(row -> row < FLAGGED ? 100 : row / 1000.0, 2);

    assertThat(explained.isVetoed()).isFalse();
    assertThat(explained.shift()).isGreaterThan(0.2);
  }

  @Test
  void fewFlaggedRecordsDecideNothing() {
    double[] scores = IntStream.range(0, RECORDS).mapToDouble(row -> -row).toArray();
    double[] pValues = IntStream.range(0, RECORDS).mapToDouble(row -> (row + 1) / 1000.0).toArray();

    Explained explained = Explained.of(scores, pValues, 0.004);

    assertThat(explained.flagged()).isEqualTo(4);
    assertThat(explained.isVetoed()).isFalse();
  }

  /** The p-values of the rows that are not flagged are uniform to a power. */
  private static Explained explained(IntToDoubleFunction candidateScore, double power) {
    double[] pValues =
        IntStream.range(0, RECORDS)
            .mapToDouble(
                row ->
                    row < FLAGGED
                        ? 1e-4
                        : 0.0101
                            + 0.9899
                                * Math.pow(
                                    (row - FLAGGED + 1) / (double) (RECORDS - FLAGGED), power))
            .toArray();
    double[] scores = IntStream.range(0, RECORDS).mapToDouble(candidateScore).toArray();
    return Explained.of(scores, pValues, 0.01);
  }
}
