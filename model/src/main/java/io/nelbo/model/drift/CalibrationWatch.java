package io.nelbo.model.drift;

import io.nelbo.model.policy.PValueCounts;
import io.nelbo.model.score.Calibration;
import java.util.Arrays;
import java.util.List;

/**
 * Watches whether the p-values of ordinary traffic, those above α, are still distributed as they
 * are while a model is calibrated, by a test martingale on their counts. Immutable.
 *
 * <p>Were the calibration endless they would be uniform. Of n scores, calibration leaves the true
 * shares of the bins to chance: they are Dirichlet distributed, its parameters the numbers of
 * calibration scores that have their own p-values there, and so counts follow a {@link PolyaUrn}.
 * Against it stands a mixture of urns with fewer balls, their shares tilted by powers of p:
 *
 * <pre>
 *   Λ(s) = mean over i of Pólya(s; b_i) / Pólya(s; a),   b_i = a · p^(ε_i − 1), scaled, b_i ≤ a
 * </pre>
 *
 * <p>As the ratio of two probabilities of what was counted since some interval, Λ is a martingale
 * of mean 1 while the model is calibrated, so that it ever reaches 10⁵ has a probability of at most
 * 10⁻⁵ (Ville's inequality). One begins at each interval, the greatest counts: in t intervals a
 * false alarm has at most the probability t / 10⁵.
 *
 * <p>Records of an interval are alike, and a model need not be exact to be of use: an interval
 * counts as {@value #MOST_OF_INTERVAL} records at most, its counts scaled down, and the calibration
 * as {@value #MOST_CALIBRATED} scores at most. Both only ever make the test more cautious: scaled
 * counts are what a random part of the records is expected to count, and Λ is convex since b ≤ a.
 *
 * <p>Vovk, Nouretdinov, Gammerman, Testing exchangeability on-line (ICML 2003), for betting by
 * powers of p-values; Fedorova et al., Plug-in martingales for testing exchangeability on-line
 * (ICML 2012), for betting by their histogram; Vovk et al., Retrain or not retrain: conformal test
 * martingales for change-point detection (COPA 2021), for starting anew.
 */
public final class CalibrationWatch {
  /** How many of the newest intervals are looked at. */
  public static final int HORIZON = 24;

  static final int MOST_OF_INTERVAL = 500;
  static final int MOST_CALIBRATED = 1_000;

  private static final int[] SPANS = {1, 2, 3, 4, 6, 8, 12, 16, HORIZON};
  private static final double[] POWERS = {0.4, 0.6, 0.8, 1, 1.25, 1.6, 2};
  private static final double FEWER = 1.0 / 8;
  private static final double FEWEST = 1.0 / 50;

  /** Stands for an empty bin, between two scores that many records share. */
  private static final double LEAST = 0.5;

  private final double alpha;
  private final int firstBin;
  private final double[] expected;
  private final PolyaUrn calibrated;
  private final PolyaUrn[] shifted;

  private CalibrationWatch(double alpha, int firstBin, double[] balls) {
    this.alpha = alpha;
    this.firstBin = firstBin;
    double sum = Arrays.stream(balls).sum();
    expected = scaled(balls, 1 / sum);
    double[] a = scaled(balls, Math.min(1, MOST_CALIBRATED / sum));
    calibrated = new PolyaUrn(a);
    shifted = new PolyaUrn[POWERS.length + 1];
    for (int i = 0; i < POWERS.length; i++) {
      shifted[i] = new PolyaUrn(tilted(a, POWERS[i], FEWER));
    }
    shifted[POWERS.length] = new PolyaUrn(tilted(a, 1, FEWEST));
  }

  /**
   * Returns the watch over a model.
   *
   * @param alpha at which the intervals count a record as flagged
   */
  public static CalibrationWatch of(Calibration calibration, double alpha) {
    double from = Math.max(alpha, calibration.resolution());
    List<Double> edges = PValueCounts.UPPER_EDGES;
    int first = 1;
    while (first < edges.size() && edges.get(first - 1) < from) {
      first++;
    }
    double[] balls = new double[edges.size() - first];
    for (int i = 0; i < balls.length; i++) {
      int there =
          calibration.atOrBelow(edges.get(first + i))
              - calibration.atOrBelow(edges.get(first + i - 1));
      balls[i] = Math.max(LEAST, there);
    }
    return new CalibrationWatch(alpha, first, balls);
  }

  /**
   * Returns what speaks against the calibration.
   *
   * @param intervals that one model scored, in their order; the newest {@link #HORIZON} are looked
   *     at
   */
  public Evidence evidence(List<PValueCounts> intervals) {
    Evidence greatest = Evidence.NONE;
    if (expected.length < 2) {
      return greatest;
    }
    double[] weighed = new double[expected.length];
    double[] counts = new double[expected.length];
    int begun = 0;
    for (int span : SPANS) {
      if (span > intervals.size()) {
        break;
      }
      for (; begun < span; begun++) {
        add(intervals.get(intervals.size() - 1 - begun), weighed, counts);
      }
      double log10 = log10Of(weighed);
      if (log10 > greatest.log10()) {
        greatest = evidence(log10, span, counts);
      }
    }
    return greatest;
  }

  private void add(PValueCounts interval, double[] weighed, double[] counts) {
    if (interval.alpha() != alpha) {
      throw new IllegalArgumentException("alpha must be " + alpha + ", was " + interval.alpha());
    }
    List<Long> bins = interval.bins().subList(firstBin, firstBin + expected.length);
    long records = bins.stream().mapToLong(Long::longValue).sum();
    double weight = Math.min(1, MOST_OF_INTERVAL / Math.max(1, (double) records));
    for (int i = 0; i < weighed.length; i++) {
      weighed[i] += weight * bins.get(i);
      counts[i] += bins.get(i);
    }
  }

  private double log10Of(double[] counts) {
    double[] logs = new double[shifted.length];
    double usual = calibrated.logProbability(counts);
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < logs.length; i++) {
      logs[i] = shifted[i].logProbability(counts) - usual;
      greatest = Math.max(greatest, logs[i]);
    }
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - greatest);
    }
    return (greatest + Math.log(sum / logs.length)) / Math.log(10);
  }

  private Evidence evidence(double log10, int span, double[] counts) {
    double records = Arrays.stream(counts).sum();
    double share = 0;
    double usual = 0;
    Evidence furthest = new Evidence(log10, span, (long) records, 1, 1, 1);
    for (int i = 0; i < counts.length - 1; i++) {
      share += counts[i] / records;
      usual += expected[i];
      if (Math.abs(share - usual) > Math.abs(furthest.shift())) {
        double edge = PValueCounts.UPPER_EDGES.get(firstBin + i);
        furthest = new Evidence(log10, span, (long) records, edge, share, usual);
      }
    }
    return furthest;
  }

  /** Fewer balls than {@code a}, tilted by a power of p, in no bin more. */
  private double[] tilted(double[] a, double power, double share) {
    double[] tilted = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      double low = PValueCounts.UPPER_EDGES.get(firstBin + i - 1);
      double high = PValueCounts.UPPER_EDGES.get(firstBin + i);
      tilted[i] = a[i] * (Math.pow(high, power) - Math.pow(low, power)) / (high - low);
    }
    double size = share * Arrays.stream(a).sum() / Arrays.stream(tilted).sum();
    for (int i = 0; i < a.length; i++) {
      tilted[i] = Math.min(a[i], size * tilted[i]);
    }
    return tilted;
  }

  private static double[] scaled(double[] values, double factor) {
    return Arrays.stream(values).map(value -> factor * value).toArray();
  }
}
