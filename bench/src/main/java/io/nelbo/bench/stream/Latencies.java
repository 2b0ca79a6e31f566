package io.nelbo.bench.stream;

import io.nelbo.bench.Statistics;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The times from when records were due to be sent to when a read-committed consumer had them, in
 * nanoseconds. A record that is sent late counts from when it was due. NOT thread safe while
 * records arrive.
 */
public final class Latencies implements LongConsumer {
  private final long from;
  private long[] nanos = new long[1 << 14];
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
    return millis(share, List.of(this));
  }

  /** The percentile of several together; NaN if there are none. */
  public static double millis(double share, List<Latencies> together) {
    long[] all =
        together.stream().flatMapToLong(one -> Arrays.stream(one.nanos, 0, one.count)).toArray();
    return all.length == 0 ? Double.NaN : Statistics.percentile(all, share) / 1e6;
  }
}
