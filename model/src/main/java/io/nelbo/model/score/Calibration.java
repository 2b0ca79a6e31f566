package io.nelbo.model.score;

import java.util.Arrays;

/**
 * Turns scores into p-values: the probability that a normal observation scores as high or higher.
 *
 * <p>Among n calibration scores c the p-value is conformal, p = (1 + #{c ≥ score}) / (n + 1): with
 * scores of observations that the model was not trained on, at most a share p of normal
 * observations gets p or less, whatever the distribution of scores. Beyond the second highest score
 * nothing is left to count; from there a {@linkplain ParetoTail generalised Pareto tail}, fitted to
 * the highest tenth of the scores or the highest 500, whichever is fewer, but no less than a
 * fiftieth, goes on from the value reached. To let the tail begin further down would smooth the
 * counts, but negative ELBOs have a few scores far above the rest, which a tail fitted to the rest
 * does not foresee: from the twentieth on, it flagged twice what was asked at 0.1 %.
 *
 * <p>Of more than {@value #MAX_KEPT} scores the upper half of those kept are the highest, each of
 * them; each other one stands for itself and as many below it as it takes, which only ever makes a
 * p-value higher, by less than 1 / {@value #EXACT}. What is kept determines the tail.
 *
 * <p>Immutable, and therefore safe to share.
 */
public final class Calibration {
  /** The scores kept at most, so that a model stays small. */
  static final int MAX_KEPT = 10_000;

  /** The highest scores, of which each is kept. */
  static final int EXACT = MAX_KEPT / 2;

  /** Keeps the tail's arithmetic finite; a score of clipped values is far below it. */
  private static final double MAX_SCORE = 1e100;

  /** The scores from the joint of counting and tail on. */
  private static final int COUNTED = 2;

  /** The fewest scores that a tail is fitted to, as far as half of them are as many. */
  private static final int MIN_TAIL = 10;

  /** How far below 1 / (n + 1) the fit of a tail with an end is believed, as a factor. */
  private static final double BELIEVED = 0.1;

  private final int size;
  private final double[] kept;
  private final SortedScores sorted; // those kept
  private final int stride;
  private final ParetoTail tail;
  private final double pAtJoint;

  private Calibration(int size, double[] kept) {
    this.size = size;
    this.kept = kept;
    sorted = new SortedScores(kept);
    stride = stride(size);
    int joint = joint(Math.min(COUNTED, tailSize(size)));
    pAtJoint = countingP(joint);
    double resolved = 1 / (size + 1.0);
    tail =
        ParetoTail.fit(
            kept, kept.length - tailSize(size), kept[joint], BELIEVED * resolved / pAtJoint);
  }

  /**
   * Fits a calibration to the scores, in any order, of observations that the model was not trained
   * on.
   *
   * @throws IllegalArgumentException if there is none, or one is not within ±{@value #MAX_SCORE}
   */
  public static Calibration fit(double[] scores) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    int stride = stride(sorted.length);
    double[] kept = new double[keptOf(sorted.length)];
    int from = sorted.length - 1;
    for (int to = kept.length - 1; to >= 0; to--) {
      kept[to] = sorted[from];
      from -= kept.length - to <= EXACT ? 1 : stride;
    }
    return of(sorted.length, kept);
  }

  /**
   * Restores a calibration from its size and its {@link #kept} scores.
   *
   * @throws IllegalArgumentException if they do not fit each other, or are not finite or not sorted
   */
  public static Calibration of(int size, double[] kept) {
    if (size < 1 || kept.length != keptOf(size)) {
      throw new IllegalArgumentException(
          "a calibration of " + size + " scores cannot have kept " + kept.length);
    }
    for (int i = 0; i < kept.length; i++) {
      if (!(Math.abs(kept[i]) <= MAX_SCORE)) {
        throw new IllegalArgumentException(
            "calibration score " + i + " must be within ±" + MAX_SCORE + ", was " + kept[i]);
      }
      if (i > 0 && kept[i] < kept[i - 1]) {
        throw new IllegalArgumentException("calibration score " + i + " is below the one before");
      }
    }
    return new Calibration(size, kept.clone());
  }

  /**
   * Returns P(score or higher) for a normal observation, in (0, 1]; never rises with the score.
   * Allocates nothing.
   *
   * @throws IllegalArgumentException if the score is NaN
   */
  public double pValue(double score) {
    if (score > tail.threshold()) {
      return Math.max(Double.MIN_NORMAL, pAtJoint * tail.survival(score));
    }
    if (Double.isNaN(score)) {
      throw new IllegalArgumentException("a score must be a number, was NaN");
    }
    return countingP(sorted.below(score));
  }

  /**
   * Returns the score above which p-values are p or less: the (1 − p) quantile of normal scores.
   *
   * @param p in (0, 1)
   */
  public double scoreAt(double p) {
    if (!(p > 0 && p < 1)) {
      throw new IllegalArgumentException("p must be above 0 and below 1, was " + p);
    }
    if (p < pAtJoint) {
      return tail.scoreAt(p / pAtJoint);
    }
    int low = 0;
    int high = kept.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (countingP(sorted.below(kept[middle])) > p) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return kept[low];
  }

  /** Returns how many of its own scores have a p-value of {@code p} or less. */
  public int atOrBelow(double p) {
    int low = 0;
    int high = kept.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (countingP(sorted.below(kept[middle])) > p) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return (int) Math.round(countingP(low) * (size + 1.0)) - 1;
  }

  /** Returns the least p-value that is counted; the tail gives those below it. */
  public double resolution() {
    return pAtJoint;
  }

  /** Returns the number of scores this calibration was fitted to. */
  public int size() {
    return size;
  }

  /** Returns the scores kept, lowest first; do not modify. */
  public double[] kept() {
    return kept;
  }

  /** Returns what {@link #pValue} computes with. */
  public PValueCurve curve() {
    double[] pValues = new double[kept.length + 1];
    for (int below = 0; below < pValues.length; below++) {
      pValues[below] = countingP(below);
    }
    return new PValueCurve(kept, pValues, pAtJoint, tail);
  }

  /** The p-value, by counting, of the kept score at an index. */
  private double countingP(int index) {
    int above = kept.length - index;
    long count = above <= EXACT ? above : EXACT + (long) (above - EXACT) * stride;
    return (1.0 + Math.min(count, size)) / (size + 1.0);
  }

  // The lowest score that at most so many reach: an atom below it is counted, not stretched.
  private int joint(int counted) {
    int first = Math.min(kept.length - counted, kept.length - 1);
    if (first > 0 && kept[first] == kept[first - 1]) {
      first = sorted.below(Math.nextUp(kept[first]));
    }
    return sorted.below(kept[Math.min(first, kept.length - 1)]);
  }

  private static int tailSize(int size) {
    int tenth = Math.max(Math.min(MIN_TAIL, size / 2), size / 10);
    return Math.min(EXACT, Math.max(size / 50, Math.min(tenth, 500)));
  }

  private static int keptOf(int size) {
    return size <= MAX_KEPT ? size : EXACT + ceilDiv(size - EXACT, stride(size));
  }

  private static int stride(int size) {
    return size <= MAX_KEPT ? 1 : ceilDiv(size - EXACT, MAX_KEPT - EXACT);
  }

  private static int ceilDiv(int a, int b) {
    return (a - 1) / b + 1;
  }
}
