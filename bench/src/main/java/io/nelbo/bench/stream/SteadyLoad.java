package io.nelbo.bench.stream;

import java.util.concurrent.locks.LockSupport;

/** Sends records at a fixed rate, whatever becomes of them; the key is when each was due. */
public final class SteadyLoad {
  private static final long TICK_NANOS = 1_000_000;

  private final Cluster cluster;
  private final String topic;
  private final int partitions;
  private final int rate;

  public SteadyLoad(Cluster cluster, String topic, int partitions, int rate) {
    this.cluster = cluster;
    this.topic = topic;
    this.partitions = partitions;
    this.rate = rate;
  }

  /** Sends from a moment of {@link System#nanoTime} on, for so long; returns how many. */
  public long send(long from, double seconds) throws InterruptedException {
    long records = (long) (rate * seconds);
    for (long i = 0; i < records; i++) {
      long due = from + (long) (i * (1e9 / rate));
      while (System.nanoTime() - due < 0) {
        LockSupport.parkNanos(TICK_NANOS);
      }
      cluster.send(topic, (int) (i % partitions), due, i);
    }
    cluster.flush();
    return records;
  }
}
