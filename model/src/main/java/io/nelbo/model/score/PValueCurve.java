package io.nelbo.model.score;

/**
 * What p-values are of scores, in numbers that another program can compute with: counted up to a
 * threshold, a generalised Pareto tail beyond it. The arrays must not be modified.
 *
 * <pre>
 * score ≤ threshold   p = pValues[i], where i scores are below
 * score &gt; threshold   p = max(MIN_NORMAL, pValueAtThreshold · S(score))
 * S(s) = (1 + shape · z)^(−1 / shape), exp(−z) if shape is 0, with z = (min(s, reach) − threshold) / scale,
 *        times exp(−(s − reach) / scaleAtReach) beyond the reach
 * </pre>
 */
public final class PValueCurve {
  private final double[] scores;
  private final double[] pValues;
  private final double pValueAtThreshold;
  private final ParetoTail tail;

  PValueCurve(double[] scores, double[] pValues, double pValueAtThreshold, ParetoTail tail) {
    this.scores = scores;
    this.pValues = pValues;
    this.pValueAtThreshold = pValueAtThreshold;
    this.tail = tail;
  }

  /** The calibration scores kept, lowest first. */
  public double[] scores() {
    return scores;
  }

  /** One more than there are scores, falling. */
  public double[] pValues() {
    return pValues;
  }

  public double pValueAtThreshold() {
    return pValueAtThreshold;
  }

  public double threshold() {
    return tail.threshold();
  }

  public double scale() {
    return tail.scale();
  }

  public double shape() {
    return tail.shape();
  }

  /** Infinite if the shape is 0 or more. */
  public double reach() {
    return tail.reach();
  }

  public double scaleAtReach() {
    return tail.scaleAtReach();
  }
}
