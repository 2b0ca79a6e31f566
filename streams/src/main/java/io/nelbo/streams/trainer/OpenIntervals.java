package io.nelbo.streams.trainer;

import io.nelbo.model.policy.PValueCounts;
import io.nelbo.model.policy.RetrainPolicy;
import io.nelbo.schemas.IntervalCounts;
import io.nelbo.schemas.OpenInterval;
import io.nelbo.schemas.TrainerState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The intervals of event time that counts still come for, in the {@link TrainerState}.
 *
 * <p>No clock tells when one is over, but the counts themselves: all partitions that scored in it
 * have gone on to a later one, or one of them to the next but one. Counts that come later than that
 * are not decided on.
 */
final class OpenIntervals {
  private final TrainerState state;
  private final long lengthMs;
  private final double alpha;

  OpenIntervals(TrainerState state, long lengthMs, double alpha) {
    this.state = state;
    this.lengthMs = lengthMs;
    this.alpha = alpha;
  }

  /** An interval that is over: all its counts, and its span of event time. */
  record Closed(PValueCounts counts, long from, long to) {}

  /** Adds counts; returns false if their interval is decided already. */
  boolean add(IntervalCounts counts) {
    long start = counts.getInterval().toEpochMilli();
    if (start < state.getDecidedBefore()) {
      return false;
    }
    OpenInterval interval = at(start);
    PValueCounts sum = counts(interval);
    sum.add(PValueCounts.of(counts.getAlpha(), counts.getFlagged(), counts.getBins()));
    put(interval, sum);
    if (!interval.getPartitions().contains(counts.getPartition())) {
      interval.getPartitions().add(counts.getPartition());
    }
    return true;
  }

  /** Removes and returns the oldest interval if it is over; null if there is none. */
  @Nullable Closed poll() {
    List<OpenInterval> open = state.getOpen();
    while (open.size() > 1 && isOver(open)) {
      OpenInterval first = open.remove(0);
      state.setDecidedBefore(first.getStart() + lengthMs);
      PValueCounts counts = counts(first);
      if (counts.records() >= RetrainPolicy.MIN_RECORDS) {
        return new Closed(counts, first.getFrom(), first.getStart() + lengthMs);
      }
      OpenInterval next = open.get(0);
      counts.add(counts(next));
      put(next, counts);
      next.setFrom(first.getFrom());
    }
    return null;
  }

  private boolean isOver(List<OpenInterval> open) {
    OpenInterval first = open.get(0);
    if (open.get(open.size() - 1).getStart() > first.getStart() + lengthMs) {
      return true;
    }
    Set<Integer> goneOn = new HashSet<>();
    open.subList(1, open.size()).forEach(later -> goneOn.addAll(later.getPartitions()));
    return goneOn.containsAll(first.getPartitions());
  }

  private OpenInterval at(long start) {
    List<OpenInterval> open = state.getOpen();
    int place = 0;
    while (place < open.size() && open.get(place).getStart() < start) {
      place++;
    }
    if (place == open.size() || open.get(place).getStart() != start) {
      PValueCounts none = new PValueCounts(alpha);
      open.add(
          place, new OpenInterval(start, start, none.flagged(), none.bins(), new ArrayList<>()));
    }
    return open.get(place);
  }

  private PValueCounts counts(OpenInterval interval) {
    return PValueCounts.of(alpha, interval.getFlagged(), interval.getBins());
  }

  private static void put(OpenInterval interval, PValueCounts counts) {
    interval.setFlagged(counts.flagged());
    interval.setBins(counts.bins());
  }
}
