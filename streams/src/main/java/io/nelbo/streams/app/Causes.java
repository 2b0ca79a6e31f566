package io.nelbo.streams.app;

import org.apache.kafka.common.errors.RetriableException;

/** What lies behind the wrapped exceptions of Kafka Streams. */
final class Causes {
  private Causes() {}

  /** Says the exception and, if it is wrapped, what is at the bottom of it. */
  static String describe(Throwable e) {
    Throwable root = root(e);
    return root == e ? told(e) : told(e) + ", because of " + told(root);
  }

  /** Returns whether trying again may help: the broker was slow, away or moving. */
  static boolean isRetriable(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof RetriableException) {
        return true;
      }
    }
    return false;
  }

  private static Throwable root(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String told(Throwable e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
