package io.nelbo.model.feature;

import java.util.HashSet;
import java.util.List;

/**
 * A feature as a model sees it: its column plus what was learned from the training window.
 *
 * @param mean of a continuous feature in the record's units; 0 otherwise
 * @param scale of a continuous feature in the record's units, positive; 1 otherwise
 * @param vocabulary the known values of a categorical feature, most frequent first; index 0 of its
 *     outputs is OTHER, value i of this list is output i + 1; empty otherwise
 * @param figures what else is known of the training window; no score depends on it
 */
public record FeatureSpec(
    String name,
    FeatureKind kind,
    double mean,
    double scale,
    List<String> vocabulary,
    boolean mayBeMissing,
    TrainingFigures figures) {
  public FeatureSpec {
    vocabulary = List.copyOf(vocabulary);
    if (!Double.isFinite(mean)) {
      throw new IllegalArgumentException("mean of " + name + " must be finite, was " + mean);
    }
    if (!(scale > 0) || !Double.isFinite(scale)) {
      throw new IllegalArgumentException(
          "scale of " + name + " must be positive and finite, was " + scale);
    }
    if (kind == FeatureKind.CATEGORICAL && vocabulary.isEmpty()) {
      throw new IllegalArgumentException("vocabulary of " + name + " must not be empty");
    }
    if (new HashSet<>(vocabulary).size() < vocabulary.size()) {
      throw new IllegalArgumentException(
          "vocabulary of " + name + " must not repeat a value, was " + vocabulary);
    }
  }

  public FeatureSpec(
      String name,
      FeatureKind kind,
      double mean,
      double scale,
      List<String> vocabulary,
      boolean mayBeMissing) {
    this(name, kind, mean, scale, vocabulary, mayBeMissing, TrainingFigures.UNKNOWN);
  }

  public static FeatureSpec continuous(
      String name, double mean, double scale, boolean mayBeMissing) {
    return new FeatureSpec(name, FeatureKind.CONTINUOUS, mean, scale, List.of(), mayBeMissing);
  }

  public static FeatureSpec binary(String name, boolean mayBeMissing) {
    return new FeatureSpec(name, FeatureKind.BINARY, 0, 1, List.of(), mayBeMissing);
  }

  public static FeatureSpec categorical(
      String name, List<String> vocabulary, boolean mayBeMissing) {
    return new FeatureSpec(name, FeatureKind.CATEGORICAL, 0, 1, vocabulary, mayBeMissing);
  }

  /** Returns this with what is known of the training window. */
  public FeatureSpec with(TrainingFigures known) {
    return new FeatureSpec(name, kind, mean, scale, vocabulary, mayBeMissing, known);
  }

  /** Whether all training rows had the same value, whose scale is none of theirs. */
  public boolean isConstant() {
    return kind == FeatureKind.CONTINUOUS && scale == Features.scaleOfConstant(mean);
  }

  /** The number of decoder outputs (and of encoder inputs, its mask aside) of this feature. */
  public int width() {
    return kind == FeatureKind.CATEGORICAL ? vocabulary.size() + 1 : 1;
  }
}
