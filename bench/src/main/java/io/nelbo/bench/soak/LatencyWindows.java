package io.nelbo.bench.soak;

import io.nelbo.bench.stream.Latencies;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Latencies by the window that a record was due in, each of them cut into slots of some seconds.
 */
final class LatencyWindows implements LongConsumer {
  private final long from;
  private final double slotSeconds;
  private final int windows;
  private final List<Latencies> slots;
  private final AtomicLong count = new AtomicLong();

  LatencyWindows(long from, double seconds, int windows, int slotsEach) {
    this.from = from;
    this.windows = windows;
    slotSeconds = seconds / (windows * slotsEach);
    slots = Stream.generate(() -> new Latencies(from)).limit((long) windows * slotsEach).toList();
  }

  @Override
  public void accept(long due) {
    if (due - from >= 0) {
      int slot = (int) Math.min((due - from) / (slotSeconds * 1e9), slots.size() - 1);
      slots.get(slot).accept(due);
      count.incrementAndGet();
    }
  }

  /** How many came; may be asked by any thread. */
  long count() {
    return count.get();
  }

  /** The percentile of each window. */
  List<Double> millis(double share) {
    return IntStream.range(0, windows).mapToObj(w -> Latencies.millis(share, of(w))).toList();
  }

  /** The same of the slots that the host has left alone; NaN where there is none. */
  List<Double> undisturbedMillis(double share, StolenTime stolen) {
    return IntStream.range(0, windows)
        .mapToObj(w -> Latencies.millis(share, undisturbed(w, stolen)))
        .toList();
  }

  /** The share of each window's slots that the host has left alone. */
  List<Double> undisturbedShare(StolenTime stolen) {
    return IntStream.range(0, windows)
        .mapToObj(w -> undisturbed(w, stolen).size() / (double) of(w).size())
        .toList();
  }

  private List<Latencies> of(int window) {
    int each = slots.size() / windows;
    return slots.subList(window * each, (window + 1) * each);
  }

  private List<Latencies> undisturbed(int window, StolenTime stolen) {
    int each = slots.size() / windows;
    return IntStream.range(window * each, (window + 1) * each)
        .filter(slot -> !stolen.disturbs(slot * slotSeconds, (slot + 1) * slotSeconds))
        .mapToObj(slots::get)
        .toList();
  }
}
