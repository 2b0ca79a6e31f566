package io.nelbo.bench.process;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import javax.management.AttributeNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A running JVM of the same user, asked by JMX: its heap, and Nelbo's own counters. */
public final class Jmx implements AutoCloseable {
  private static final double BYTES_PER_MIB = 1 << 20;

  private final JMXConnector connector;
  private final MBeanServerConnection beans;

  private Jmx(JMXConnector connector) throws IOException {
    this.connector = connector;
    beans = connector.getMBeanServerConnection();
  }

  @SuppressWarnings("BanJNDI") // the address is the one that the JVM just told
  public static Jmx attach(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        return new Jmx(
            JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("process " + pid + " is no JVM that can be asked", e);
    }
  }

  /** The heap, in MiB, that the collector has taken from the system. */
  public double heapCommittedMebibytes() throws IOException {
    return ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class)
            .getHeapMemoryUsage()
            .getCommitted()
        / BYTES_PER_MIB;
  }

  /** The heap, in MiB, that was in use after the last collection of each of its pools. */
  public double heapLiveMebibytes() throws IOException {
    double bytes = 0;
    for (MemoryPoolMXBean pool :
        ManagementFactory.getPlatformMXBeans(beans, MemoryPoolMXBean.class)) {
      MemoryUsage after = pool.getCollectionUsage();
      if (pool.getType() == MemoryType.HEAP && after != null) {
        bytes += after.getUsed();
      }
    }
    return bytes / BYTES_PER_MIB;
  }

  /** The sum, over all that have it, of one of Nelbo's counters, such as {@code scored-total}. */
  public long total(String counter) throws IOException {
    double sum = 0;
    try {
      for (ObjectName name :
          beans.queryNames(new ObjectName("kafka.streams:type=stream-nelbo-metrics,*"), null)) {
        sum += value(name, counter);
      }
    } catch (JMException e) {
      throw new IOException("Kafka Streams does not tell " + counter, e);
    }
    return Math.round(sum);
  }

  private double value(ObjectName name, String counter) throws JMException, IOException {
    try {
      return ((Number) beans.getAttribute(name, counter)).doubleValue();
    } catch (AttributeNotFoundException e) {
      return 0; // another of Nelbo's things
    }
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
