package io.nelbo.bench.stream;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import javax.management.AttributeNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What the stream threads of this JVM have done and what CPU they took, by JMX. */
final class StreamThreads {
  private static final String METRICS = "kafka.streams:type=stream-thread-metrics,*";
  private static final String OF_NELBO = "kafka.streams:type=stream-nelbo-metrics,*";
  private static final String THREAD = "-StreamThread-";

  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  /** The records that went into a topology. */
  long processed() {
    return sum(METRICS, "process-total");
  }

  /** The sum, over the tasks, of one of Nelbo's counters, such as {@code scored-total}. */
  long total(String counter) {
    return sum(OF_NELBO, counter);
  }

  private long sum(String pattern, String counter) {
    try {
      double sum = 0;
      for (ObjectName name : beans.queryNames(new ObjectName(pattern), null)) {
        sum += value(name, counter);
      }
      return Math.round(sum);
    } catch (JMException e) {
      throw new IllegalStateException("Kafka Streams does not tell " + counter, e);
    }
  }

  private double value(ObjectName name, String counter) throws JMException {
    try {
      return ((Number) beans.getAttribute(name, counter)).doubleValue();
    } catch (AttributeNotFoundException e) {
      return 0; // a thread that has just begun, or another of Nelbo's things
    }
  }

  /** The CPU time, in nanoseconds, of the stream threads that live. */
  long cpuNanos() {
    long sum = 0;
    for (long id : threads.getAllThreadIds()) {
      ThreadInfo thread = threads.getThreadInfo(id);
      if (thread != null && thread.getThreadName().contains(THREAD) && isItself(thread)) {
        sum += Math.max(0, threads.getThreadCpuTime(id));
      }
    }
    return sum;
  }

  // A stream thread's clients have threads with its name in theirs.
  private static boolean isItself(ThreadInfo thread) {
    String name = thread.getThreadName();
    return name.substring(name.lastIndexOf(THREAD) + THREAD.length())
        .chars()
        .allMatch(Character::isDigit);
  }
}
