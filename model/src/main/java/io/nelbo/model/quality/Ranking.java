package io.nelbo.model.quality;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How well scores rank the anomalies above the normal records. Records of equal score are one step
 * of the ranking, so that their order in the data never matters.
 *
 * @param records how many were scored, of which so many are {@code anomalies}
 * @param auroc area under the ROC curve, 0 to 1: the probability that an anomaly scores higher than
 *     a normal record, ties counting one half (Mann-Whitney)
 * @param auprc average precision, 0 to 1: Σ (recall_k − recall_k−1) · precision_k over the distinct
 *     scores from the top; a random ranking has the share of anomalies
 * @param precisionAtAnomalies precision (which is recall) when as many records are flagged as there
 *     are anomalies
 */
public record Ranking(
    int records, int anomalies, double auroc, double auprc, double precisionAtAnomalies) {

  /**
   * Measures a ranking.
   *
   * @param scores higher is more anomalous; none is NaN
   * @throws IllegalArgumentException if there are not both anomalies and normal records
   */
  public static Ranking of(double[] scores, boolean[] anomalous) {
    int anomalies = countBoth(scores, anomalous);
    int normals = scores.length - anomalies;
    int[] order = descending(scores);
    double concordant = 0;
    double averagePrecision = 0;
    int flagged = 0;
    int caught = 0;
    for (int from = 0; from < order.length; from = flagged) {
      int hits = 0;
      for (flagged = from;
          flagged < order.length && scores[order[flagged]] == scores[order[from]];
          flagged++) {
        hits += anomalous[order[flagged]] ? 1 : 0;
      }
      int falses = flagged - from - hits;
      int normalsBelow = normals - (from - caught) - falses;
      concordant += hits * (normalsBelow + 0.5 * falses);
      caught += hits;
      averagePrecision += (double) hits / anomalies * caught / flagged;
    }
    return new Ranking(
        scores.length,
        anomalies,
        concordant / ((double) anomalies * normals),
        averagePrecision,
        Alarms.top(scores, anomalous, anomalies).precision());
  }

  private static int countBoth(double[] scores, boolean[] anomalous) {
    if (scores.length != anomalous.length) {
      throw new IllegalArgumentException(
          "each score needs its label: "
              + scores.length
              + " scores, "
              + anomalous.length
              + " labels");
    }
    int anomalies = 0;
    for (int i = 0; i < scores.length; i++) {
      if (Double.isNaN(scores[i])) {
        throw new IllegalArgumentException("score " + i + " must be a number, was NaN");
      }
      anomalies += anomalous[i] ? 1 : 0;
    }
    if (anomalies == 0 || anomalies == scores.length) {
      throw new IllegalArgumentException(
          "a ranking is measured on anomalies and normal records, but "
              + anomalies
              + " of "
              + scores.length
              + " records are anomalies");
    }
    return anomalies;
  }

  /** Returns the indices of the scores, highest score first. */
  static int[] descending(double[] scores) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -scores[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
