package io.nelbo.bench.fault;

import io.nelbo.bench.Readings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends records at a steady rate, in a thread of its own, until told to stop; each once, whatever
 * becomes of the brokers. The key is the record's number, by which a {@link Tally} knows it. One in
 * {@value #BAD_EVERY} is cut off and can be nothing but a dead letter.
 */
final class Feed implements AutoCloseable {
  private static final int DISTINCT = 5_000;
  private static final int BAD_EVERY = 500;
  private static final long TICK_NANOS = 1_000_000;

  /** No latency is measured here, and each batch costs every replica and reader a request. */
  private static final int LINGER_MILLIS = 50;

  private static final byte[][] VALUES = new Readings(2).next(DISTINCT);

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final int partitions;
  private final int rate;
  private final LongUnaryOperator timestamps;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::send, "feed");
  private volatile boolean enough;

  /**
   * Begins to send.
   *
   * @param timestamps of a record's number, in milliseconds since the epoch
   */
  Feed(
      String bootstrapServers,
      String topic,
      int partitions,
      int rate,
      LongUnaryOperator timestamps) {
    this.topic = topic;
    this.partitions = partitions;
    this.rate = rate;
    this.timestamps = timestamps;
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "linger.ms",
                LINGER_MILLIS,
                "delivery.timeout.ms",
                300_000,
                "max.block.ms",
                300_000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether the record of a number is one of those that can only be a dead letter. */
  static boolean isBad(long number) {
    return number % BAD_EVERY == BAD_EVERY - 1;
  }

  /** How many of the first so many are bad. */
  static long badAmong(long records) {
    return records / BAD_EVERY;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback is told
  private void send() {
    long begun = System.nanoTime();
    for (long i = 0; !enough; i++) {
      long due = begun + (long) (i * (1e9 / rate));
      while (System.nanoTime() - due < 0) {
        LockSupport.parkNanos(TICK_NANOS);
      }
      byte[] value = VALUES[(int) (i % VALUES.length)];
      producer.send(
          new ProducerRecord<>(
              topic,
              (int) (i % partitions),
              timestamps.applyAsLong(i),
              ByteBuffer.allocate(Long.BYTES).putLong(i).array(),
              isBad(i) ? Arrays.copyOf(value, value.length / 2) : value),
          (metadata, e) -> {
            if (e == null) {
              acknowledged.incrementAndGet();
            } else {
              failure.compareAndSet(null, e);
            }
          });
      sent.set(i + 1);
    }
  }

  /** How many were given to the producer so far. */
  long sent() {
    return sent.get();
  }

  /** Waits until so many were sent. */
  void await(long records) throws InterruptedException {
    while (sent.get() < records) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /**
   * Sends no more, and returns how many the brokers have.
   *
   * @throws IllegalStateException if they refused one: then the run says nothing about Nelbo
   */
  long stop() throws InterruptedException {
    enough = true;
    thread.join();
    producer.flush();
    Exception refused = failure.get();
    if (refused != null) {
      throw new IllegalStateException("a record could not be sent: " + refused, refused);
    }
    return acknowledged.get();
  }

  @Override
  public void close() {
    enough = true;
    producer.close(Duration.ZERO);
  }
}
