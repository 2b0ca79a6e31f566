package io.nelbo.bench.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads a topology's output as its users do, read committed, in a thread of its own. Where someone
 * listens, the keys are the times the records were due.
 */
public final class Outcome implements AutoCloseable {
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final long POLL_NANOS = 5_000_000;

  private final Consumer<byte[], byte[]> consumer;
  private final @Nullable LongConsumer arrivals;
  private final AtomicLong count = new AtomicLong();
  private final Thread thread = new Thread(this::read, "outcome");
  private volatile boolean closing;
  private volatile @Nullable RuntimeException failure;

  private Outcome(Consumer<byte[], byte[]> consumer, @Nullable LongConsumer arrivals) {
    this.consumer = consumer;
    this.arrivals = arrivals;
  }

  /**
   * Begins to read.
   *
   * @param arrivals told, in the thread that reads, when each record was due
   */
  public static Outcome of(
      String bootstrapServers, String topic, int partitions, @Nullable LongConsumer arrivals) {
    Consumer<byte[], byte[]> consumer =
        ReadCommitted.of(bootstrapServers, List.of(topic), partitions);
    Outcome outcome = new Outcome(consumer, arrivals);
    outcome.thread.start();
    return outcome;
  }

  private void read() {
    try (consumer) {
      while (!closing) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (arrivals != null) {
            arrivals.accept(ByteBuffer.wrap(record.key()).getLong());
          }
          count.incrementAndGet();
        }
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /** Waits, for a minute at most, until so many records have come, and returns how many have. */
  long await(long least) throws IOException {
    long begun = System.nanoTime();
    while (count.get() < least) {
      if (failure != null) {
        throw new IOException("the output cannot be read", failure);
      }
      if (System.nanoTime() - begun > PATIENCE_NANOS) {
        throw new IOException("%d of %d records came out".formatted(count.get(), least));
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return count.get();
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
