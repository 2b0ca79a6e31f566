package io.nelbo.streams.app;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a stream thread dies. If trying again may help (a broker was away for longer
 * than Kafka's own retries), it is replaced, five times in ten minutes at most; a thread that dies
 * of anything else would die again of the same record, and ends the client: the program says why
 * and stops, rather than to look alive and do nothing. So does the thread that reads the models,
 * which Kafka Streams cannot replace.
 */
final class ThreadDeaths implements StreamsUncaughtExceptionHandler {
  static final int MAX_REPLACEMENTS = 5;
  static final Duration WITHIN = Duration.ofMinutes(10);

  private static final Logger log = LoggerFactory.getLogger(ThreadDeaths.class);

  private final String name;
  private final String applicationId;
  private final LongSupplier nanoTime;
  private final Deque<Long> replacements = new ArrayDeque<>();
  private String lastReason = "for a reason that it did not tell";

  ThreadDeaths(String name, String applicationId) {
    this(name, applicationId, System::nanoTime);
  }

  ThreadDeaths(String name, String applicationId, LongSupplier nanoTime) {
    this.name = name;
    this.applicationId = applicationId;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable exception) {
    String denied = Denials.describe(exception, applicationId);
    lastReason = denied == null ? Causes.describe(exception) : denied;
    if (Causes.isRetriable(exception) && !isGlobalThread() && mayReplace()) {
      log.warn("a thread of the {} died and is replaced: {}", name, lastReason, exception);
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    log.error("a thread of the {} died, which ends it: {}", name, lastReason, exception);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  synchronized String lastReason() {
    return lastReason;
  }

  private boolean mayReplace() {
    long now = nanoTime.getAsLong();
    while (!replacements.isEmpty() && now - replacements.peekFirst() > WITHIN.toNanos()) {
      replacements.removeFirst();
    }
    if (replacements.size() == MAX_REPLACEMENTS) {
      return false;
    }
    replacements.addLast(now);
    return true;
  }

  private static boolean isGlobalThread() {
    return Thread.currentThread().getName().contains("GlobalStreamThread");
  }
}
