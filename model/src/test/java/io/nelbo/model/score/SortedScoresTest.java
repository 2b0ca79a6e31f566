package io.nelbo.model.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedScoresTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 15, 16, 17, 1_000, 10_000})
  void belowIsWhatCountingEachGives(int size) {
    assertCounts(size, gaussian -> gaussian);
    assertCounts(size, gaussian -> 1e9 + gaussian);
    assertCounts(size, Math::rint);
    assertCounts(size, gaussian -> gaussian > 1 ? 1e100 * gaussian : gaussian);
    assertCounts(size, gaussian -> -Math.exp(40 * gaussian));
    assertCounts(size, gaussian -> gaussian * Double.MIN_VALUE * 3);
    assertCounts(size, gaussian -> gaussian > 0 ? 1 : 1 + 0x1p-52);
    assertCounts(size, gaussian -> 7);
  }

  @Test
  void nothingIsBelowTheLowestAndAllIsBelowTheEndless() {
    SortedScores scores = new SortedScores(new double[] {-2, 0, 0, 5});

    assertThat(scores.below(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(scores.below(-2)).isZero();
    assertThat(scores.below(0)).isEqualTo(1);
    assertThat(scores.below(5)).isEqualTo(3);
    assertThat(scores.below(Double.POSITIVE_INFINITY)).isEqualTo(4);
  }

  private static void assertCounts(int size, DoubleUnaryOperator distribution) {
    Random random = new Random(size);
    double[] sorted =
        DoubleStream.generate(random::nextGaussian).map(distribution).limit(size).toArray();
    Arrays.sort(sorted);
    SortedScores scores = new SortedScores(sorted);
    for (int i = 0; i < 300; i++) {
      double kept = sorted[random.nextInt(size)];
      double other = distribution.applyAsDouble(3 * random.nextGaussian());
      for (double score : new double[] {kept, Math.nextUp(kept), Math.nextDown(kept), other}) {
        assertThat(scores.below(score))
            .as("below %s", score)
            .isEqualTo((int) Arrays.stream(sorted).filter(s -> s < score).count());
      }
    }
  }
}
