package io.nelbo.bench.stream;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Publishes a new version of a detector's model again and again, in a thread of its own. */
final class ModelSwaps implements AutoCloseable {
  private final Thread thread;
  private volatile @Nullable RuntimeException failure;

  ModelSwaps(Cluster cluster, String applicationId, double everySeconds) {
    thread = new Thread(() -> publish(cluster, applicationId, everySeconds), "model-swaps");
    thread.start();
  }

  private void publish(Cluster cluster, String applicationId, double everySeconds) {
    try {
      for (int version = 2; ; version++) {
        TimeUnit.MILLISECONDS.sleep((long) (everySeconds * 1000));
        cluster.publishModel(applicationId, version);
      }
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt(); // closed
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /** Throws if one could not be published. */
  void requirePublished() throws IOException {
    if (failure != null) {
      throw new IOException("a model could not be published", failure);
    }
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
