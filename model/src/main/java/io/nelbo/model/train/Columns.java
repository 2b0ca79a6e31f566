package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import java.util.EnumMap;
import java.util.Map;

/**
 * Matrices of zeros and ones, which pick by a product, so that a batch is never taken apart row by
 * row: the columns of one kind of feature, of the decoder's outputs or of the encoder's inputs, and
 * the masks of the continuous features.
 */
final class Columns {
  private Columns() {}

  static int width(Features features, FeatureKind kind) {
    return features.specs().stream()
        .filter(s -> s.kind() == kind)
        .mapToInt(FeatureSpec::width)
        .sum();
  }

  /**
   * Returns a picker for each kind that there is.
   *
   * @param columns how many there are to pick from: all outputs, or all inputs
   */
  static Map<FeatureKind, NDArray> byKind(NDManager constants, Features features, int columns) {
    Map<FeatureKind, NDArray> pickers = new EnumMap<>(FeatureKind.class);
    for (FeatureKind kind : FeatureKind.values()) {
      int width = width(features, kind);
      if (width > 0) {
        float[] matrix = new float[columns * width];
        int next = 0;
        for (int j = 0; j < features.count(); j++) {
          FeatureSpec spec = features.specs().get(j);
          for (int k = 0; spec.kind() == kind && k < spec.width(); k++) {
            matrix[(features.offset(j) + k) * width + next++] = 1;
          }
        }
        pickers.put(kind, constants.create(matrix, new Shape(columns, width)));
      }
    }
    return pickers;
  }

  /** Returns what picks the mask of each continuous feature from the inputs; 0 where none. */
  static NDArray masks(NDManager constants, Features features) {
    int width = features.continuous();
    float[] matrix = new float[features.inputs() * width];
    int mask = features.outputs();
    int number = 0;
    for (FeatureSpec spec : features.specs()) {
      boolean continuous = spec.kind() == FeatureKind.CONTINUOUS;
      if (continuous && spec.mayBeMissing()) {
        matrix[mask * width + number] = 1;
      }
      mask += spec.mayBeMissing() ? 1 : 0;
      number += continuous ? 1 : 0;
    }
    return constants.create(matrix, new Shape(features.inputs(), width));
  }
}
