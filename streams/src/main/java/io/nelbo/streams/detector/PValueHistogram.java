package io.nelbo.streams.detector;

import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many p-values were how small. One writer; others may read at any time. Adding costs about two
 * comparisons and two stores, and allocates nothing.
 */
final class PValueHistogram {
  /** The upper ends of the bins, each of which belongs to its bin. */
  static final List<Double> UPPER_EDGES =
      List.of(1e-6, 1e-5, 1e-4, 0.001, 0.01, 0.05, 0.1, 0.2, 0.5, 1.0);

  private static final double[] EDGES =
      UPPER_EDGES.stream().mapToDouble(Double::doubleValue).toArray();

  private final AtomicLongArray bins = new AtomicLongArray(EDGES.length);
  private final AtomicLong sum = new AtomicLong(); // the bits of a double

  /** Returns an edge as its metric names it, such as 0.001. */
  static String edge(int edge) {
    return BigDecimal.valueOf(UPPER_EDGES.get(edge)).stripTrailingZeros().toPlainString();
  }

  void add(double pValue) {
    int bin = EDGES.length - 1;
    while (bin > 0 && pValue <= EDGES[bin - 1]) {
      bin--;
    }
    bins.setRelease(bin, bins.getPlain(bin) + 1);
    double total = Double.longBitsToDouble(sum.getPlain()) + pValue;
    sum.setRelease(Double.doubleToRawLongBits(total));
  }

  /** How many p-values were at or below an edge, by its place in {@link #UPPER_EDGES}. */
  double atMost(int edge) {
    long count = 0;
    for (int bin = 0; bin <= edge; bin++) {
      count += bins.getAcquire(bin);
    }
    return count;
  }

  double sum() {
    return Double.longBitsToDouble(sum.getAcquire());
  }
}
