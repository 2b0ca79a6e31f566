package io.nelbo.streams.trainer;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that trains. All methods but {@link #isClosed} belong to the stream thread.
 *
 * <p>Closing cancels what runs, through {@link #isClosed}, and never by an interrupt: one that hits
 * while the native engine is being unpacked would leave half of it behind.
 */
final class TrainingWorker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TrainingWorker.class);

  /** A training step takes milliseconds; only the loading of a native engine takes seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread trainer = new Thread(task, "nelbo-training");
            trainer.setDaemon(true);
            return trainer;
          });
  private @Nullable Future<Outcome> running;
  private volatile boolean closed;

  void start(Callable<Outcome> job) {
    if (running != null) {
      throw new IllegalStateException("a training is running already");
    }
    running = thread.submit(job);
  }

  boolean isBusy() {
    return running != null;
  }

  /** Returns the outcome once, as soon as it is there; null until then. */
  @Nullable Outcome poll() {
    Future<Outcome> future = running;
    if (future == null || !future.isDone()) {
      return null;
    }
    running = null;
    try {
      return future.get();
    } catch (ExecutionException e) {
      return Outcome.broken(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted where nothing waits", e);
    }
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    running = null;
    thread.shutdown();
    try {
      if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("the training did not end within {} s of being cancelled", PATIENCE.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
