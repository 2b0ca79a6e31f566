package io.nelbo.bench.stream;

import io.nelbo.bench.Statistics;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * The times from when records were due to be sent to when a read-committed consumer had them, in
 * nanoseconds. A record that is sent late counts from when it was due. NOT thread safe while
 * records arrive.
 */
public final class Latencies implements LongConsumer {
  private final long from;
  private long[] nanos = new long[1 << 16];
  private int count;

  /**
   * Begins without any.
   *
   * @param from records due before this are warm-up
   */
  public Latencies(long from) {
    this.from = from;
  }

  @Override
  public void accept(long due) {
    if (due - from < 0) {
      return;
    }
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = System.nanoTime() - due;
  }

  public int count() {
    return count;
  }

  public double millis(double share) {
    return count == 0
        ? Double.NaN
        : Statistics.percentile(Arrays.copyOf(nanos, count), share) / 1e6;
  }
}
