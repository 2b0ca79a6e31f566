package io.nelbo.streams.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How the end of a client reaches those who wait for it, or for something before it. */
final class Ends {
  private static final long POLL_MS = 100;

  private Ends() {}

  /** A condition that is waited for. */
  interface Condition {
    boolean holds() throws InterruptedException;
  }

  /**
   * Waits for an end.
   *
   * @throws ApplicationException the one that the end came with
   */
  static void await(CompletableFuture<? extends @Nullable Object> end) throws InterruptedException {
    try {
      end.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ApplicationException death
          ? new ApplicationException(String.valueOf(death.getMessage()), death)
          : new IllegalStateException(e.getCause());
    }
  }

  /** Waits for a condition or for an end, whichever comes first; throws as {@link #await} does. */
  static void awaitOr(CompletableFuture<? extends @Nullable Object> end, Condition condition)
      throws InterruptedException {
    while (!isOver(end) && !holds(condition, end)) {
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
  }

  /** Returns whether the end has come; throws as {@link #await} does. */
  static boolean isOver(CompletableFuture<? extends @Nullable Object> end)
      throws InterruptedException {
    if (end.isDone()) {
      await(end);
      return true;
    }
    return false;
  }

  private static boolean holds(
      Condition condition, CompletableFuture<? extends @Nullable Object> end)
      throws InterruptedException {
    try {
      return condition.holds();
    } catch (RuntimeException e) {
      // Clients that are being closed cannot be asked any more.
      if (end.isDone()) {
        return false;
      }
      throw e;
    }
  }
}
