package io.nelbo.model.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalComponentsTest {
  @Test
  void knowsTheEigenpairsOfATwoByTwoMatrix() {
    PrincipalComponents components = PrincipalComponents.of(new double[][] {{2, 1}, {1, 2}});

    assertThat(components.value(0)).isCloseTo(3, within(1e-9));
    assertThat(components.value(1)).isCloseTo(1, within(1e-9));
    assertThat(Math.abs(components.vector(0)[0])).isCloseTo(Math.sqrt(0.5), within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 40, 121})
  void itsEigenpairsMakeTheMatrixAgain(int size) {
    double[][] matrix = gram(size, size + 3, 5);
    double[][] copy = gram(size, size + 3, 5);

    PrincipalComponents components = PrincipalComponents.of(copy);

    assertThat(largestDifference(components, matrix)).isLessThan(1e-6 * size);
  }

  @Test
  void aMatrixOfLowRankHasEigenvaluesOfZero() {
    double[][] matrix = gram(20, 4, 6);

    PrincipalComponents components = PrincipalComponents.of(gram(20, 4, 6));

    assertThat(components.value(3)).isPositive();
    assertThat(components.value(4)).isCloseTo(0, within(1e-6));
    assertThat(largestDifference(components, matrix)).isLessThan(1e-6);
  }

  @Test
  void aMatrixOfZerosHasOnlyZeros() {
    PrincipalComponents components = PrincipalComponents.of(new double[3][3]);

    assertThat(components.value(0)).isZero();
    assertThat(components.vector(0)).containsOnly(0);
  }

  private static double[][] gram(int size, int rank, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] matrix = new double[size][size];
    for (int r = 0; r < rank; r++) {
      double[] x = random.doubles(size, -1, 1).toArray();
      for (int i = 0; i < size; i++) {
        for (int k = 0; k < size; k++) {
          matrix[i][k] += x[i] * x[k];
        }
      }
    }
    return matrix;
  }

  private static double largestDifference(PrincipalComponents components, double[][] matrix) {
    double largest = 0;
    for (int i = 0; i < matrix.length; i++) {
      for (int k = 0; k < matrix.length; k++) {
        double sum = 0;
        for (int c = 0; c < components.count(); c++) {
          sum += components.value(c) * components.vector(c)[i] * components.vector(c)[k];
        }
        largest = Math.max(largest, Math.abs(sum - matrix[i][k]));
      }
    }
    return largest;
  }
}
