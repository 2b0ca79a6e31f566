package io.nelbo.model.vae;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what a call allocates. */
final class Allocation {
  private static final int ROUNDS = 30;
  private static final int CALLS = 10_000;

  private Allocation() {}

  /** Returns the bytes that one call allocates once it is compiled, which takes some rounds. */
  static long bytesOf(Runnable call) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS && least > 0; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        call.run();
      }
      least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / CALLS);
    }
    return least;
  }
}
