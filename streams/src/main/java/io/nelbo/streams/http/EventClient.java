package io.nelbo.streams.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * One who listens to an {@link EventStream}, with what it has not been sent yet. Once that is
 * {@value #PATIENCE} events, a quarter of a minute on the live page, it is dropped.
 */
final class EventClient {
  static final int PATIENCE = 64;

  private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(PATIENCE);
  private @Nullable Thread writer;
  private boolean dropped;

  /** Adds an event, or else drops the client; never waits. */
  void offer(byte[] event) {
    if (!queue.offer(event)) {
      drop();
    }
  }

  private synchronized void drop() {
    dropped = true;
    if (writer != null) {
      // A write that waits for the reader ends, and the connection with it.
      writer.interrupt();
    }
  }

  /** Writes what comes until the client goes or is dropped. */
  void write(byte[] first, OutputStream out) throws IOException {
    if (!begin()) {
      return;
    }
    try {
      out.write(first);
      out.flush();
      while (true) {
        out.write(queue.take());
        out.flush();
      }
    } catch (InterruptedException e) {
      throw new IOException("dropped", e);
    } finally {
      end();
    }
  }

  private synchronized boolean begin() {
    writer = Thread.currentThread();
    return !dropped;
  }

  /** The thread goes on to others: whatever was meant for this client must not reach it. */
  private synchronized void end() {
    writer = null;
    boolean unused = Thread.interrupted();
  }
}
