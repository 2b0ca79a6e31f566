package io.nelbo.model.train;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import java.util.Arrays;

/**
 * The width of the uniform noise that each feature gets in training, in scales: a density fitted to
 * a grid of a few values would otherwise grow without bound on the grid (Uria et al. 2013). A
 * feature of 2 to 4 values gets none, for it says more as it is, nor one of more than 64.
 */
final class Dequantization {
  private static final int MIN_VALUES = 5;
  private static final int MAX_VALUES = 64;

  private Dequantization() {}

  /** Returns a width a feature, 0 for those without noise. */
  static double[] widths(Features features, double[][] observations) {
    double[] widths = new double[features.count()];
    for (int j = 0; j < widths.length; j++) {
      FeatureSpec spec = features.specs().get(j);
      if (spec.kind() == FeatureKind.CONTINUOUS) {
        widths[j] = medianGap(distinct(observations, j)) / spec.scale();
      }
    }
    return widths;
  }

  /** The sorted distinct values of a feature, or the first few more than {@value #MAX_VALUES}. */
  private static double[] distinct(double[][] observations, int feature) {
    double[] sorted = new double[MAX_VALUES + 1];
    int count = 0;
    for (int row = 0; row < observations.length && count < sorted.length; row++) {
      double value = observations[row][feature];
      int place = Double.isNaN(value) ? 0 : Arrays.binarySearch(sorted, 0, count, value);
      if (place < 0) {
        System.arraycopy(sorted, -place - 1, sorted, -place, count + place + 1);
        sorted[-place - 1] = value;
        count++;
      }
    }
    return Arrays.copyOf(sorted, count);
  }

  private static double medianGap(double[] sorted) {
    if (sorted.length < MIN_VALUES || sorted.length > MAX_VALUES) {
      return 0;
    }
    double[] gaps = new double[sorted.length - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = sorted[i + 1] - sorted[i];
    }
    Arrays.sort(gaps);
    int middle = gaps.length / 2;
    return gaps.length % 2 == 1 ? gaps[middle] : (gaps[middle - 1] + gaps[middle]) / 2;
  }
}
