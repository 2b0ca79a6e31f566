package io.nelbo.model.vae;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what a call allocates. */
final class Allocation {
  private Allocation() {}

  /** Returns the bytes that one call allocates, after warming up. */
  static long bytesOf(Runnable call) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int calls = 10_000;
    for (int i = 0; i < calls; i++) {
      call.run();
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < calls; i++) {
      call.run();
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / calls;
  }
}
