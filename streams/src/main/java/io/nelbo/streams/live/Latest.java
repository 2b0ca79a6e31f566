package io.nelbo.streams.live;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The latest things of a kind, of which the writer overwrites the oldest. One writer, one reader;
 * neither waits for the other.
 */
final class Latest<T> {
  private final AtomicReferenceArray<@Nullable T> slots;
  private final AtomicLong head = new AtomicLong();
  private long read;

  Latest(int capacity) {
    slots = new AtomicReferenceArray<>(capacity);
  }

  void add(T thing) {
    long next = head.getPlain();
    slots.setRelease((int) (next % slots.length()), thing);
    head.setRelease(next + 1);
  }

  /** Returns what came since the last call and is not overwritten yet, oldest first. */
  List<T> take() {
    List<T> taken = new ArrayList<>();
    long end = head.getAcquire();
    for (long i = Math.max(read, end - slots.length()); i < end; i++) {
      T thing = slots.getAcquire((int) (i % slots.length()));
      if (thing != null) {
        taken.add(thing);
      }
    }
    read = end;
    return taken;
  }
}
