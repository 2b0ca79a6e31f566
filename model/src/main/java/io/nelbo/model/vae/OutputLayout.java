package io.nelbo.model.vae;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import java.util.stream.IntStream;

/** Where the decoder's parameters of each feature are, and what its values are scaled by. */
final class OutputLayout {
  /** How far from the mean, in scales, a value is believed; far enough to rank any deviation. */
  static final double MAX_DEVIATION = 1e6;

  final FeatureKind[] kinds;
  final double[] means;
  final double[] scales;
  private final double[] inverseScales;
  final double[] logScales;
  final int[] offsets; // of locations
  final int[] widths; // of locations
  final int firstVariance; // of the raw variances, one a continuous feature
  final int[] variances; // of raw variances; of continuous features only
  final int[] continuous; // features
  final int[] continuousOffsets; // of locations, one a continuous feature
  final int[] discrete; // features

  OutputLayout(Features features) {
    int count = features.count();
    kinds = new FeatureKind[count];
    means = new double[count];
    scales = new double[count];
    inverseScales = new double[count];
    logScales = new double[count];
    offsets = new int[count];
    widths = new int[count];
    variances = new int[count];
    firstVariance = features.outputs();
    int variance = firstVariance;
    for (int j = 0; j < count; j++) {
      FeatureSpec spec = features.specs().get(j);
      kinds[j] = spec.kind();
      means[j] = spec.mean();
      scales[j] = spec.scale();
      inverseScales[j] = 1 / spec.scale();
      logScales[j] = StrictMath.log(spec.scale());
      offsets[j] = features.offset(j);
      widths[j] = spec.width();
      if (spec.kind() == FeatureKind.CONTINUOUS) {
        variances[j] = variance++;
      }
    }
    continuous =
        IntStream.range(0, count).filter(j -> kinds[j] == FeatureKind.CONTINUOUS).toArray();
    continuousOffsets = IntStream.of(continuous).map(j -> offsets[j]).toArray();
    discrete = IntStream.range(0, count).filter(j -> kinds[j] != FeatureKind.CONTINUOUS).toArray();
  }

  /** Returns the standardised value y of a continuous feature, held within ±MAX_DEVIATION. */
  double standardised(int feature, double x) {
    return held((x - means[feature]) * inverseScales[feature]);
  }

  /** Returns y, or the bound ±MAX_DEVIATION if it is beyond; NaN stays. */
  static double held(double y) {
    return Math.abs(y) > MAX_DEVIATION ? Math.copySign(MAX_DEVIATION, y) : y;
  }
}
