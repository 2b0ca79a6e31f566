package io.nelbo.model.feature;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes an observation as the encoder's input. The features are sorted by kind beforehand, because
 * this runs for every record. Immutable.
 */
final class EncoderInput {
  private final int[] numbers;
  private final int[] numberOffsets;
  private final double[] means;
  private final double[] inverseScales;
  private final int[] flags;
  private final int[] flagOffsets;
  private final int[] categories;
  private final int[] categoryOffsets;
  private final int[] widths;
  private final int[] missable;
  private final int firstMask;

  EncoderInput(List<FeatureSpec> specs, int[] offsets, int firstMask) {
    numbers = features(specs, FeatureKind.CONTINUOUS);
    numberOffsets = pick(offsets, numbers);
    means = new double[numbers.length];
    inverseScales = new double[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      means[i] = specs.get(numbers[i]).mean();
      inverseScales[i] = 1 / specs.get(numbers[i]).scale();
    }
    flags = features(specs, FeatureKind.BINARY);
    flagOffsets = pick(offsets, flags);
    categories = features(specs, FeatureKind.CATEGORICAL);
    categoryOffsets = pick(offsets, categories);
    widths = new int[categories.length];
    for (int i = 0; i < categories.length; i++) {
      widths[i] = specs.get(categories[i]).width();
    }
    missable = IntStream.range(0, specs.size()).filter(j -> specs.get(j).mayBeMissing()).toArray();
    this.firstMask = firstMask;
  }

  private static int[] features(List<FeatureSpec> specs, FeatureKind kind) {
    return IntStream.range(0, specs.size()).filter(j -> specs.get(j).kind() == kind).toArray();
  }

  private static int[] pick(int[] values, int[] indices) {
    return IntStream.of(indices).map(j -> values[j]).toArray();
  }

  void write(double[] observation, float[] input) {
    for (int i = 0; i < numbers.length; i++) {
      input[numberOffsets[i]] = number(i, observation);
    }
    for (int i = 0; i < flags.length; i++) {
      input[flagOffsets[i]] = flag(i, observation);
    }
    for (int i = 0; i < categories.length; i++) {
      double x = observation[categories[i]];
      int offset = categoryOffsets[i];
      for (int k = 0; k < widths[i]; k++) {
        input[offset + k] = x == k ? 1 : 0;
      }
    }
    for (int i = 0; i < missable.length; i++) {
      input[firstMask + i] = mask(i, observation);
    }
  }

  /** Writes the first of the observations side by side, feature after feature: that is faster. */
  void write(
      double[][] observations,
      int count,
      float[] input,
      double[] standardised,
      boolean[] ordinary,
      int width) {
    for (int i = 0; i < numbers.length; i++) {
      int feature = numbers[i];
      double mean = means[i];
      double inverseScale = inverseScales[i];
      int from = i * width;
      int offset = numberOffsets[i] * width;
      boolean allWithin = true;
      for (int lane = 0; lane < count; lane++) {
        double y = (observations[lane][feature] - mean) * inverseScale;
        standardised[from + lane] = y;
        boolean within = Math.abs(y) <= Features.INPUT_CLIP;
        input[offset + lane] = (float) (within ? y : clip(y));
        allWithin &= within;
      }
      ordinary[i] = allWithin;
    }
    for (int i = 0; i < flags.length; i++) {
      int offset = flagOffsets[i] * width;
      for (int lane = 0; lane < count; lane++) {
        input[offset + lane] = flag(i, observations[lane]);
      }
    }
    for (int i = 0; i < categories.length; i++) {
      for (int lane = 0; lane < count; lane++) {
        double x = observations[lane][categories[i]];
        for (int k = 0; k < widths[i]; k++) {
          input[(categoryOffsets[i] + k) * width + lane] = x == k ? 1 : 0;
        }
      }
    }
    for (int i = 0; i < missable.length; i++) {
      int offset = (firstMask + i) * width;
      for (int lane = 0; lane < count; lane++) {
        input[offset + lane] = mask(i, observations[lane]);
      }
    }
  }

  private float number(int i, double[] observation) {
    return (float) clip((observation[numbers[i]] - means[i]) * inverseScales[i]);
  }

  private float flag(int i, double[] observation) {
    double x = observation[flags[i]];
    return x > 0 ? 1 : x <= 0 ? -1 : 0;
  }

  private float mask(int i, double[] observation) {
    return Double.isNaN(observation[missable[i]]) ? 1 : 0;
  }

  /** What is missing, which is NaN, becomes 0. */
  private static double clip(double y) {
    if (y >= -Features.INPUT_CLIP) {
      return y <= Features.INPUT_CLIP ? y : Features.INPUT_CLIP;
    }
    return y < 0 ? -Features.INPUT_CLIP : 0;
  }
}
