package io.nelbo.streams.live;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The latest scores of one task, a fair sample where they come fast. One writer, the stream thread;
 * any number of readers, who never hold it up: what they are too slow for is overwritten.
 *
 * <p>Implementation: adding is a few plain stores and one release store of the head; it allocates
 * nothing. About {@value #SAMPLES_PER_SECOND} scores a second are kept, every n-th of what came, n
 * being set once a second by the rate of the second before. A reader copies, and then drops what
 * the writer may have overwritten meanwhile.
 */
public final class ScoreRing {
  static final int CAPACITY = 2_048;
  static final int SAMPLES_PER_SECOND = 256;

  private static final int MASK = CAPACITY - 1;
  private static final long SECOND_MS = 1_000;

  private final double[] scores = new double[CAPACITY];
  private final double[] pValues = new double[CAPACITY];
  private final long[] times = new long[CAPACITY];
  private final AtomicLong head = new AtomicLong();

  private long stride = 1;
  private long toSkip;
  private long seen;
  private long secondBegan;

  /** Takes a sample. */
  @FunctionalInterface
  public interface Reader {
    void sample(double score, double pValue, long timeMs);
  }

  /** Adds a score if it is in the sample; the writer's only. */
  public void add(double score, double pValue, long nowMs) {
    seen++;
    long passed = nowMs - secondBegan;
    if (passed >= SECOND_MS) {
      stride = 1 + seen * SECOND_MS / passed / SAMPLES_PER_SECOND;
      seen = 0;
      secondBegan = nowMs;
    }
    if (toSkip > 0) {
      toSkip--;
      return;
    }
    toSkip = stride - 1;
    long next = head.getPlain();
    int slot = (int) next & MASK;
    VarHandle.storeStoreFence(); // who sees this slot change sees the head that went before
    scores[slot] = score;
    pValues[slot] = pValue;
    times[slot] = nowMs;
    head.setRelease(next + 1);
  }

  /** How many scores were kept so far: the position of the next. */
  public long head() {
    return head.getAcquire();
  }

  /**
   * Hands over the samples from a position on, oldest first, as far as they are there still.
   *
   * @return the position from which to read on
   */
  public long read(long from, Reader reader) {
    long end = head.getAcquire();
    long first = Math.max(from, end - CAPACITY + 1);
    int count = (int) Math.max(0, end - first);
    double[] scoresRead = new double[count];
    double[] pValuesRead = new double[count];
    long[] timesRead = new long[count];
    for (int i = 0; i < count; i++) {
      int slot = (int) (first + i) & MASK;
      scoresRead[i] = scores[slot];
      pValuesRead[i] = pValues[slot];
      timesRead[i] = times[slot];
    }
    VarHandle.acquireFence();
    // The slot that the writer may be at now, and those it has been at since, are not whole.
    long whole = head.getOpaque() - CAPACITY + 1;
    for (int i = (int) Math.max(0, whole - first); i < count; i++) {
      reader.sample(scoresRead[i], pValuesRead[i], timesRead[i]);
    }
    return end;
  }
}
