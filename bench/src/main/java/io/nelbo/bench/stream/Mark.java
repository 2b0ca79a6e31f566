package io.nelbo.bench.stream;

import java.lang.management.ManagementFactory;

/**
 * A moment in a topology's run.
 *
 * @param records processed by then
 * @param nanos of the worker's clock
 * @param threadNanos CPU time of its stream threads
 * @param processNanos CPU time of its process
 */
record Mark(long records, long nanos, long threadNanos, long processNanos) {
  static Mark of(StreamThreads threads) {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Mark(
        threads.processed(), System.nanoTime(), threads.cpuNanos(), system.getProcessCpuTime());
  }

  static Mark parse(String line) {
    String[] parts = line.split(" ", -1);
    return new Mark(
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]));
  }

  /** Returns the sum of the work, at this moment. */
  Mark plus(Mark other) {
    return new Mark(
        records + other.records,
        nanos,
        threadNanos + other.threadNanos,
        processNanos + other.processNanos);
  }

  String format() {
    return records + " " + nanos + " " + threadNanos + " " + processNanos;
  }
}
