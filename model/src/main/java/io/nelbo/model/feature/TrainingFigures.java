package io.nelbo.model.feature;

import java.util.List;

/**
 * What is known of a feature in the rows that a model was trained on, to compare later ones with.
 *
 * @param missing the share of rows without a value; NaN if it is not known
 * @param shares the shares of the rows with a value that have each of them: of a binary feature
 *     that of true, of a categorical one that of OTHER, then of the vocabulary in its order; empty
 *     of a continuous one, or if they are not known
 */
public record TrainingFigures(double missing, List<Double> shares) {
  public static final TrainingFigures UNKNOWN = new TrainingFigures(Double.NaN, List.of());

  public TrainingFigures {
    shares = List.copyOf(shares);
    if (missing < 0 || missing > 1) {
      throw new IllegalArgumentException("missing must be a share from 0 to 1, was " + missing);
    }
    if (shares.stream().anyMatch(share -> !(share >= 0 && share <= 1))) {
      throw new IllegalArgumentException("shares must be from 0 to 1, were " + shares);
    }
  }
}
