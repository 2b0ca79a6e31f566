package io.nelbo.bench.stream;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Set;
import javax.management.AttributeNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What the stream threads of this JVM have done and what CPU they took, by JMX. */
final class StreamThreads {
  private static final String METRICS = "kafka.streams:type=stream-thread-metrics,*";
  private static final String THREAD = "-StreamThread-";

  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  /** The records that went into a topology. */
  long processed() {
    try {
      double sum = 0;
      for (ObjectName thread : names()) {
        sum += total(thread);
      }
      return Math.round(sum);
    } catch (JMException e) {
      throw new IllegalStateException("Kafka Streams does not tell how far it is", e);
    }
  }

  private double total(ObjectName thread) throws JMException {
    try {
      return (Double) beans.getAttribute(thread, "process-total");
    } catch (AttributeNotFoundException e) {
      return 0; // a thread that has just begun
    }
  }

  private Set<ObjectName> names() throws JMException {
    return beans.queryNames(new ObjectName(METRICS), null);
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
