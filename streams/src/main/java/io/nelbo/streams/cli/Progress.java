package io.nelbo.streams.cli;

import java.io.PrintWriter;
import java.util.function.Supplier;

/** Says on stderr how far long work has come: first after two seconds, then every five. */
final class Progress {
  private static final long FIRST = 2_000_000_000L;
  private static final long EVERY = 5_000_000_000L;

  private final PrintWriter err;
  private long next = System.nanoTime() + FIRST;

  Progress(PrintWriter err) {
    this.err = err;
  }

  void tell(Supplier<String> message) {
    long now = System.nanoTime();
    if (now - next >= 0) {
      next = now + EVERY;
      err.println(message.get());
      err.flush();
    }
  }

  static String percent(double fraction) {
    return "%.0f %%".formatted(100 * fraction);
  }
}
