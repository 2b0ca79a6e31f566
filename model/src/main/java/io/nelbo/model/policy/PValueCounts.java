package io.nelbo.model.policy;

import java.util.Arrays;
import java.util.List;

/**
 * How many p-values of one model fell where: in how many records, how many of them at or below α,
 * and how many in each {@linkplain #UPPER_EDGES bin}. Counting allocates nothing. NOT thread safe.
 */
public final class PValueCounts {
  /** The upper ends of the bins, each of which belongs to its bin; the first bin begins at 0. */
  public static final List<Double> UPPER_EDGES =
      List.of(0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0);

  private static final double UNLIKELY = 0.1;

  private static final double[] EDGES =
      UPPER_EDGES.stream().mapToDouble(Double::doubleValue).toArray();

  private final double alpha;
  private final long[] bins = new long[EDGES.length];
  private long records;
  private long flagged;

  /** Creates counts of nothing. */
  public PValueCounts(double alpha) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha must be above 0 and below 1, was " + alpha);
    }
    this.alpha = alpha;
  }

  /**
   * Returns counts made elsewhere.
   *
   * @param bins one count each, which together are the records
   */
  public static PValueCounts of(double alpha, long flagged, List<Long> bins) {
    if (bins.size() != EDGES.length || bins.stream().anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException(
          "counts must be " + EDGES.length + " and none negative, were " + bins);
    }
    PValueCounts counts = new PValueCounts(alpha);
    for (int bin = 0; bin < EDGES.length; bin++) {
      counts.bins[bin] = bins.get(bin);
      counts.records += bins.get(bin);
    }
    if (flagged < 0 || flagged > counts.records) {
      throw new IllegalArgumentException(
          "flagged must be from 0 to the records, " + counts.records + ", was " + flagged);
    }
    counts.flagged = flagged;
    return counts;
  }

  /** Counts a p-value, which is in (0, 1]. */
  public void add(double pValue) {
    int bin = EDGES.length - 1;
    while (bin > 0 && pValue <= EDGES[bin - 1]) {
      bin--;
    }
    bins[bin]++;
    records++;
    flagged += pValue <= alpha ? 1 : 0;
  }

  /** Adds what was counted elsewhere, at the same α. */
  public void add(PValueCounts other) {
    if (other.alpha != alpha) {
      throw new IllegalArgumentException("alpha must be " + alpha + ", was " + other.alpha);
    }
    for (int bin = 0; bin < bins.length; bin++) {
      bins[bin] += other.bins[bin];
    }
    records += other.records;
    flagged += other.flagged;
  }

  public void clear() {
    Arrays.fill(bins, 0);
    records = 0;
    flagged = 0;
  }

  public double alpha() {
    return alpha;
  }

  public long records() {
    return records;
  }

  public long flagged() {
    return flagged;
  }

  /** The counts of the bins, the smallest p-values first. */
  public List<Long> bins() {
    return Arrays.stream(bins).boxed().toList();
  }

  /** The share of the records that is flagged, which is α while the model holds; 0 of none. */
  public double flaggedShare() {
    return records == 0 ? 0 : (double) flagged / records;
  }

  /**
   * The share of records that are not ordinary, at the least, going by the p-values up to {@value
   * #UNLIKELY}: the greatest excess of a share over the p-value it is at or below, of what ordinary
   * records leave it. It shows outliers that miss α because rarer, ordinary records set it; few
   * records of a drift are as unlikely as that. 0 or less while the model holds.
   */
  public double unlikelyShare() {
    if (records == 0) {
      return 0;
    }
    double greatest = (flaggedShare() - alpha) / (1 - alpha);
    long below = 0;
    for (int bin = 0; bin < bins.length && EDGES[bin] <= UNLIKELY; bin++) {
      below += bins[bin];
      double share = (double) below / records;
      greatest = Math.max(greatest, (share - EDGES[bin]) / (1 - EDGES[bin]));
    }
    return greatest;
  }

  /**
   * How far the p-values above α have moved towards α: the greatest excess of their distribution
   * function over the uniform one, 0 while the model holds. Outliers are flagged and do not count
   * here, however many there are; what all the traffic has come to, does.
   */
  public double bulkShift() {
    return shiftAbove(alpha, records - flagged);
  }

  /** Likewise of the p-values above {@value #UNLIKELY}: of what is not unlikely. */
  public double restShift() {
    long rest = 0;
    for (int bin = 0; bin < bins.length; bin++) {
      rest += EDGES[bin] > UNLIKELY ? bins[bin] : 0;
    }
    return shiftAbove(UNLIKELY, rest);
  }

  private double shiftAbove(double from, long all) {
    if (all == 0) {
      return 0;
    }
    double greatest = 0;
    long above = 0;
    for (int bin = bins.length - 1; bin > 0 && EDGES[bin - 1] > from; bin--) {
      above += bins[bin];
      double uniform = (EDGES[bin - 1] - from) / (1 - from);
      greatest = Math.max(greatest, 1 - (double) above / all - uniform);
    }
    return greatest;
  }
}
