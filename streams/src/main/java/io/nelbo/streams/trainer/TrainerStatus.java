package io.nelbo.streams.trainer;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the trainer of this program is doing, for those who wait for it. Written by the stream
 * thread that has the task, read by any thread.
 */
public final class TrainerStatus {
  private volatile boolean assigned;
  private volatile long records;
  private final AtomicLong idleChecks = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();

  /** Whether the trainer's task is with this program, and not with another instance. */
  public boolean isAssigned() {
    return assigned;
  }

  /** How many records are in the window; records that came twice or are too old may be counted. */
  public long records() {
    return records;
  }

  /** How often it was found that no training ran and none was due. */
  public long idleChecks() {
    return idleChecks.get();
  }

  /** How many trainings have failed. */
  public long failures() {
    return failures.get();
  }

  void assigned(boolean isAssigned) {
    assigned = isAssigned;
  }

  void records(long inWindow) {
    records = inWindow;
  }

  void idle() {
    idleChecks.incrementAndGet();
  }

  void failed() {
    failures.incrementAndGet();
  }
}
