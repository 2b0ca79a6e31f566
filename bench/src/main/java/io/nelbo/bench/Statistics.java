package io.nelbo.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** Medians and percentiles. */
public final class Statistics {
  private Statistics() {}

  public static <T> double median(Collection<T> of, ToDoubleFunction<T> value) {
    double[] sorted = of.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /**
   * Returns the smallest value that at least that share of the values does not exceed.
   *
   * @param values not empty; sorted by this
   */
  public static long percentile(long[] values, double share) {
    Arrays.sort(values);
    return values[Math.max(0, (int) Math.ceil(share * values.length) - 1)];
  }
}
