package io.nelbo.bench.stream;

import java.lang.management.ManagementFactory;
import java.util.List;

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

  /** The work of several together, at the last of their moments: their clocks are the machine's. */
  static Mark sum(List<Mark> marks) {
    return marks.stream()
        .reduce(
            (one, other) ->
                new Mark(
                    one.records + other.records,
                    Math.max(one.nanos, other.nanos),
                    one.threadNanos + other.threadNanos,
                    one.processNanos + other.processNanos))
        .orElseThrow();
  }

  String format() {
    return records + " " + nanos + " " + threadNanos + " " + processNanos;
  }
}
