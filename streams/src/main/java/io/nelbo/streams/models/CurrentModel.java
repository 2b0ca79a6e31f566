package io.nelbo.streams.models;

import io.nelbo.model.score.ModelVersion;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The model in force on this instance. One writer, the global thread that reads the models topic;
 * many readers. A reader takes the reference once per record, so a record is scored by exactly one
 * model even when a swap happens meanwhile. Versions never go back.
 */
public final class CurrentModel {
  /** A topic full of what is no model must not fill the heap. */
  private static final int MOST_UNTOLD = 100;

  private final AtomicLong swaps = new AtomicLong();
  private final AtomicLong refusals = new AtomicLong();
  private final BlockingQueue<Refusal> untold = new ArrayBlockingQueue<>(MOST_UNTOLD);
  private volatile @Nullable ModelVersion inForce;
  private volatile @Nullable ModelVersion candidate;

  /** Returns the model in force, or null before the first. */
  public @Nullable ModelVersion get() {
    return inForce;
  }

  /** Returns the version in force, or 0 before the first. */
  public long version() {
    ModelVersion now = inForce;
    return now == null ? 0 : now.version();
  }

  /** Returns the model to be compared with the one in force, or null if there is none. */
  public @Nullable ModelVersion candidate() {
    ModelVersion next = candidate;
    return next == null || next.version() <= version() ? null : next;
  }

  /** Names the model to be compared with the one in force; null if there is none any more. */
  void compareWith(@Nullable ModelVersion next) {
    candidate = next;
  }

  /** Returns how many models this instance has put in force. */
  public long swaps() {
    return swaps.get();
  }

  /** Returns how many models this instance has refused. */
  public long refusals() {
    return refusals.get();
  }

  /**
   * Puts a model in force.
   *
   * @return false if it is the one in force already
   * @throws IllegalArgumentException if it is older, or another under the same version
   */
  synchronized boolean replaceWith(ModelVersion candidate) {
    ModelVersion now = inForce;
    if (now != null && candidate.version() <= now.version()) {
      if (candidate.version() < now.version()) {
        throw new IllegalArgumentException(
            "version %d is older than version %d, which is in force"
                .formatted(candidate.version(), now.version()));
      }
      if (!candidate.model().sha256().equals(now.model().sha256())) {
        throw new IllegalArgumentException(
            "version %d is in force already, as another model".formatted(now.version()));
      }
      return false;
    }
    inForce = candidate;
    swaps.incrementAndGet();
    return true;
  }

  void refused(Refusal refusal) {
    refusals.incrementAndGet();
    untold.offer(refusal);
  }

  /** Returns a refusal that was not returned yet, to be told of; null if there is none. */
  public @Nullable Refusal nextRefusal() {
    return untold.poll();
  }
}
