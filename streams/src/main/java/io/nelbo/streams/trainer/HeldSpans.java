package io.nelbo.streams.trainer;

import io.nelbo.schemas.HeldSpan;
import io.nelbo.schemas.TrainerState;
import java.util.List;

/** The spans of event time of which nothing is learned, in the {@link TrainerState}. */
final class HeldSpans {
  private HeldSpans() {}

  /** Adds a span, and forgets those that the window no longer reaches. */
  static void add(TrainerState state, long from, long to, long windowMs) {
    List<HeldSpan> held = state.getHeld();
    held.removeIf(span -> span.getTo() < to - windowMs);
    HeldSpan last = held.isEmpty() ? null : held.get(held.size() - 1);
    if (last != null && last.getTo() == from) {
      last.setTo(to);
    } else {
      held.add(new HeldSpan(from, to));
    }
  }

  static boolean contain(List<HeldSpan> held, long timestamp) {
    return held.stream().anyMatch(s -> s.getFrom() <= timestamp && timestamp < s.getTo());
  }
}
