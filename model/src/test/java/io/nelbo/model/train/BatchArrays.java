package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import java.util.EnumMap;
import java.util.Map;

/** A {@link Batch} written row by row, on targets that need not be clipped. */
final class BatchArrays {
  private final Features features;
  private final int rows;
  private final int numbersWidth;
  private final int flagsWidth;
  private final int categoriesWidth;
  private final int latent;
  private final float[] row;
  private final float[] input;
  private final float[] numbers;
  private final float[] present;
  private final float[] flags;
  private final float[] categories;
  private final float[] noise;

  BatchArrays(Features features, int rows, int latent) {
    this.features = features;
    this.rows = rows;
    this.latent = latent;
    numbersWidth = features.continuous();
    flagsWidth = Columns.width(features, FeatureKind.BINARY);
    categoriesWidth = Columns.width(features, FeatureKind.CATEGORICAL);
    row = new float[features.inputs()];
    input = new float[rows * row.length];
    numbers = new float[rows * numbersWidth];
    present = new float[rows * numbersWidth];
    flags = new float[rows * flagsWidth];
    categories = new float[rows * categoriesWidth];
    noise = new float[rows * latent];
  }

  int rows() {
    return rows;
  }

  /** The noise ε, row by row, to be written. */
  float[] noise() {
    return noise;
  }

  /**
   * Writes a row.
   *
   * @param y the standardised values of the continuous features, NaN where missing, 0 elsewhere;
   *     held within ±{@code clip}, they are the target and, clipped as always, the input
   */
  void write(int index, double[] observation, double[] y, double clip) {
    features.writeInput(observation, row);
    int number = index * numbersWidth;
    int flag = index * flagsWidth;
    int category = index * categoriesWidth;
    for (int j = 0; j < observation.length; j++) {
      FeatureSpec spec = features.specs().get(j);
      boolean missing = Double.isNaN(observation[j]);
      int offset = features.offset(j);
      switch (spec.kind()) {
        case CONTINUOUS -> {
          double target = missing ? 0 : Math.max(-clip, Math.min(clip, y[j]));
          row[offset] =
              (float) Math.max(-Features.INPUT_CLIP, Math.min(Features.INPUT_CLIP, target));
          numbers[number] = (float) target;
          present[number++] = missing ? 0 : 1;
        }
        case BINARY -> flags[flag++] = row[offset];
        case CATEGORICAL -> {
          System.arraycopy(row, offset, categories, category, spec.width());
          category += spec.width();
        }
      }
    }
    System.arraycopy(row, 0, input, index * row.length, row.length);
  }

  Batch on(NDManager step) {
    Map<FeatureKind, NDArray> targets = new EnumMap<>(FeatureKind.class);
    targets.put(FeatureKind.CONTINUOUS, create(step, numbers, numbersWidth));
    targets.put(FeatureKind.BINARY, create(step, flags, flagsWidth));
    targets.put(FeatureKind.CATEGORICAL, create(step, categories, categoriesWidth));
    return new Batch(
        create(step, input, row.length),
        targets,
        create(step, present, numbersWidth),
        create(step, noise, latent),
        step.create((float) rows));
  }

  private NDArray create(NDManager step, float[] values, int columns) {
    return step.create(values, new Shape(rows, columns));
  }
}
