package io.nelbo.bench.soak;

import io.nelbo.bench.stream.Latencies;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Latencies by the window that a record was due in. */
final class LatencyWindows implements LongConsumer {
  private final long from;
  private final long windowNanos;
  private final List<Latencies> windows;
  private final AtomicLong count = new AtomicLong();

  LatencyWindows(long from, long windowNanos, int count) {
    this.from = from;
    this.windowNanos = windowNanos;
    windows = Stream.generate(() -> new Latencies(from)).limit(count).toList();
  }

  @Override
  public void accept(long due) {
    if (due - from >= 0) {
      int window = (int) Math.min((due - from) / windowNanos, windows.size() - 1);
      windows.get(window).accept(due);
      count.incrementAndGet();
    }
  }

  /** How many came; may be asked by any thread. */
  long count() {
    return count.get();
  }

  List<Double> millis(double share) {
    return windows.stream().map(window -> window.millis(share)).toList();
  }
}
