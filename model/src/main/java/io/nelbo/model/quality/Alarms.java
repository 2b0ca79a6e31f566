package io.nelbo.model.quality;

/**
 * What comes of flagging some records.
 *
 * @param flagged how many were flagged, of which so many {@code caught} are anomalies; fractions
 *     where only a part of the records of one score fits: each of them counts by that part
 * @param anomalies how many of all the {@code records} are anomalies
 */
public record Alarms(double flagged, double caught, int anomalies, int records) {

  /** Counts the records flagged. */
  public static Alarms of(boolean[] flagged, boolean[] anomalous) {
    int flags = 0;
    int caught = 0;
    int anomalies = 0;
    for (int i = 0; i < anomalous.length; i++) {
      flags += flagged[i] ? 1 : 0;
      caught += flagged[i] && anomalous[i] ? 1 : 0;
      anomalies += anomalous[i] ? 1 : 0;
    }
    return new Alarms(flags, caught, anomalies, anomalous.length);
  }

  static Alarms top(double[] scores, boolean[] anomalous, double count) {
    int[] order = Ranking.descending(scores);
    int anomalies = 0;
    for (boolean anomaly : anomalous) {
      anomalies += anomaly ? 1 : 0;
    }
    double caught = 0;
    int to;
    for (int from = 0; from < order.length && from < count; from = to) {
      int hits = 0;
      for (to = from; to < order.length && scores[order[to]] == scores[order[from]]; to++) {
        hits += anomalous[order[to]] ? 1 : 0;
      }
      caught += hits * Math.min(1, (count - from) / (to - from));
    }
    return new Alarms(count, caught, anomalies, anomalous.length);
  }

  /** The share of anomalies among the flagged; NaN if none is flagged. */
  public double precision() {
    return caught / flagged;
  }

  /** The share of the anomalies that is flagged; NaN if there is none. */
  public double recall() {
    return caught / anomalies;
  }

  /** The harmonic mean of precision and recall; NaN if nothing is flagged and nothing anomalous. */
  public double f1() {
    return 2 * caught / (flagged + anomalies);
  }

  /** The alarms of both together. */
  public Alarms plus(Alarms other) {
    return new Alarms(
        flagged + other.flagged,
        caught + other.caught,
        anomalies + other.anomalies,
        records + other.records);
  }

  /** The share of the normal records that is flagged; NaN if there is none. */
  public double falseRate() {
    return (flagged - caught) / (records - anomalies);
  }
}
