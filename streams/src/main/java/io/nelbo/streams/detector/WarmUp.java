package io.nelbo.streams.detector;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts, over all tasks of this instance, the records that came before the first model. */
public final class WarmUp {
  private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
  private static final long LOG_EVERY_MS = 5_000;

  private final int needed;
  private final AtomicLong records = new AtomicLong();
  private final AtomicLong nextLogMs = new AtomicLong(Long.MIN_VALUE);

  /**
   * Creates the count.
   *
   * @param needed how many records the first model takes
   */
  public WarmUp(int needed) {
    this.needed = needed;
  }

  /** Returns how many records went to the window, and to nothing else, for want of a model. */
  public long records() {
    return records.get();
  }

  /** Returns how many records the first model takes. */
  public int needed() {
    return needed;
  }

  /** Returns whether as many records came as the first model takes. */
  public boolean isComplete() {
    return records.get() >= needed;
  }

  void count(long nowMs) {
    long count = records.incrementAndGet();
    long due = nextLogMs.get();
    if ((nowMs >= due || count == needed) && nextLogMs.compareAndSet(due, nowMs + LOG_EVERY_MS)) {
      log.info("warming up: {} of {} records", count, needed);
    }
  }
}
