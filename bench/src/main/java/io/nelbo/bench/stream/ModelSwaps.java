package io.nelbo.bench.stream;

import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;

/** Publishes a new version of a detector's model again and again, in a thread of its own. */
final class ModelSwaps implements AutoCloseable {
  private final Thread thread;
  private volatile int published;

  ModelSwaps(Cluster cluster, String applicationId, double everySeconds) {
    thread = new Thread(() -> publish(cluster, applicationId, everySeconds), "model-swaps");
    thread.start();
  }

  private void publish(Cluster cluster, String applicationId, double everySeconds) {
    try {
      for (int version = 2; ; version++) {
        TimeUnit.MILLISECONDS.sleep((long) (everySeconds * 1000));
        cluster.publishModel(applicationId, version);
        published = version - 1;
      }
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /** How many were published. */
  int published() {
    return published;
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
