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
  final double[] logScales;
  final int[] offsets; // of locations
  final int[] widths; // of locations
  final int[] variances; // of raw variances; of continuous features only
  final int[] continuous; // features
  final int[] discrete; // features

  OutputLayout(Features features) {
    int count = features.count();
    kinds = new FeatureKind[count];
    means = new double[count];
    scales = new double[count];
    logScales = new double[count];
    offsets = new int[count];
    widths = new int[count];
    variances = new int[count];
    int variance = features.outputs();
    for (int j = 0; j < count; j++) {
      FeatureSpec spec = features.specs().get(j);
      kinds[j] = spec.kind();
      means[j] = spec.mean();
      scales[j] = spec.scale();
      logScales[j] = StrictMath.log(spec.scale());
      offsets[j] = features.offset(j);
      widths[j] = spec.width();
      if (spec.kind() == FeatureKind.CONTINUOUS) {
        variances[j] = variance++;
      }
    }
    continuous =
        IntStream.range(0, count).filter(j -> kinds[j] == FeatureKind.CONTINUOUS).toArray();
    discrete = IntStream.range(0, count).filter(j -> kinds[j] != FeatureKind.CONTINUOUS).toArray();
  }

  /** Returns the standardised value y of a continuous feature, held within ±MAX_DEVIATION. */
  double standardised(int feature, double x) {
    double y = (x - means[feature]) / scales[feature];
    return Math.max(-MAX_DEVIATION, Math.min(MAX_DEVIATION, y));
  }
}
