package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.score.Scorer;
import io.nelbo.model.score.TrainedModel;
import java.util.Arrays;
import java.util.Comparator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a trained model's p-values promise, on rows that it has not seen. */
class PValueTest {
  private static final int FRESH = 5000;

  private static int calibrated;
  private static final double[][] SCORED = new double[FRESH][];

  @BeforeAll
  static void scoreFreshNormals() throws TrainingException {
    TrainedModel model = Windows.train(Windows.linear(4000, 12), Windows.quick(200)).model();
    calibrated = model.calibration().size();
    Scorer scorer = new Scorer(model);
    double[][] fresh = model.features().translate(Windows.linear(FRESH, 13));
    for (int i = 0; i < FRESH; i++) {
      SCORED[i] = new double[] {scorer.score(fresh[i]), scorer.pValue()};
    }
    Arrays.sort(SCORED, Comparator.comparingDouble(scored -> scored[0]));
  }

  @Test
  void areUniformOnNormals() {
    double distance = 0;
    for (int i = 0; i < FRESH; i++) {
      double p = SCORED[FRESH - 1 - i][1];
      distance = Math.max(distance, Math.max((i + 1.0) / FRESH - p, p - (double) i / FRESH));
    }

    // Kolmogorov and Smirnov: two samples of one distribution lie further apart once in 1,000.
    double bound = 1.95 * Math.sqrt(1.0 / calibrated + 1.0 / FRESH);
    assertThat(distance).isLessThan(bound);
  }

  @Test
  void neverRiseWithTheScore() {
    double[] falling = Arrays.stream(SCORED).mapToDouble(scored -> -scored[1]).toArray();

    assertThat(falling).isSorted();
  }

  @Test
  void areAboveZeroAndAtMostOne() {
    assertThat(SCORED[0][1]).isLessThanOrEqualTo(1);
    assertThat(SCORED[FRESH - 1][1]).isPositive();
  }
}
