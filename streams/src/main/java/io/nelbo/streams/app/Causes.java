package io.nelbo.streams.app;

import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortableException;

/** What lies behind the wrapped exceptions of Kafka Streams. */
final class Causes {
  private Causes() {}

  /** Says the exception and, if it is wrapped, what is at the bottom of it. */
  static String describe(Throwable e) {
    Throwable root = root(e);
    return root == e ? told(e) : told(e) + ", because of " + told(root);
  }

  /**
   * Returns whether trying again may help: the broker was slow, away or moving, or, when its
   * coordinator moved, has forgotten how far a transaction was. A new thread has that transaction
   * ended one way or the other before it begins where the last one that is whole ended.
   */
  static boolean isRetriable(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof RetriableException
          || cause instanceof ApplicationRecoverableException
          || cause instanceof TransactionAbortableException
          || cause instanceof InvalidTxnStateException
          || cause instanceof OutOfOrderSequenceException) {
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
