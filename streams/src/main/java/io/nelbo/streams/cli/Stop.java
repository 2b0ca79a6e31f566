package io.nelbo.streams.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and its kin as a wish to stop: while a stop is open, the first signal runs {@code action},
 * and the command puts its affairs in order and ends with its own exit code. The JVM's end, from
 * whatever other cause, runs {@code action} too, and then waits for {@link #close}; not so if a
 * stop is wanted already, as at a second signal.
 */
final class Stop implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final CountDownLatch wanted = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;
  private final Signals signals;

  private Stop(Runnable action) {
    hook = new Thread(() -> atEnd(action), "nelbo-stop");
    signals =
        Signals.handle(
            () -> {
              wanted.countDown();
              action.run();
            });
  }

  static Stop on(Runnable action) {
    Stop stop = new Stop(action);
    Runtime.getRuntime().addShutdownHook(stop.hook);
    return stop;
  }

  static Stop open() {
    return on(() -> {});
  }

  /** What the JVM runs as it ends. */
  void atEnd(Runnable action) {
    if (!isWanted()) {
      wanted.countDown();
      action.run();
      awaitDone();
    }
  }

  boolean isWanted() {
    return wanted.getCount() == 0;
  }

  /** Waits until a stop is wanted, or for so long; returns whether it is wanted. */
  boolean await(long time, TimeUnit unit) throws InterruptedException {
    return wanted.await(time, unit);
  }

  void await() throws InterruptedException {
    wanted.await();
  }

  private void awaitDone() {
    try {
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("nelbo: did not stop within " + PATIENCE_SECONDS + " s; ending");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    done.countDown();
    signals.close();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down already; the hook finds all done.
      wanted.countDown();
    }
  }
}
