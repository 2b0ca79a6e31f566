package io.nelbo.streams.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.policy.PValueCounts;
import io.nelbo.schemas.IntervalCounts;
import io.nelbo.schemas.TrainerState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OpenIntervalsTest {
  private static final double ALPHA = 0.01;
  private static final long HOUR = 3_600_000;

  private final TrainerState state =
      new TrainerState(
          1L, 0, "NONE", null, false, Long.MIN_VALUE, new ArrayList<>(), new ArrayList<>());
  private final OpenIntervals intervals = new OpenIntervals(state, HOUR, ALPHA);

  @Test
  void intervalIsOverOnceAllItsPartitionsHaveGoneOn() {
    intervals.add(counts(0, 0, 200, 4));
    intervals.add(counts(1, 0, 100, 8));
    intervals.add(counts(0, 1, 50, 0));
    OpenIntervals.Closed whilePartitionOneIsBehind = intervals.poll();
    intervals.add(counts(1, 1, 50, 0));

    OpenIntervals.Closed closed = Objects.requireNonNull(intervals.poll());

    assertThat(whilePartitionOneIsBehind).isNull();
    assertThat(closed.counts().records()).isEqualTo(300);
    assertThat(closed.counts().flagged()).isEqualTo(12);
    assertThat(closed.from()).isZero();
    assertThat(closed.to()).isEqualTo(HOUR);
    assertThat(intervals.poll()).isNull();
  }

  @Test
  void partitionThatStoppedIsNotWaitedForLongerThanAnInterval() {
    intervals.add(counts(0, 0, 200, 0));
    intervals.add(counts(1, 0, 200, 0));
    intervals.add(counts(0, 1, 200, 0));

    intervals.add(counts(0, 2, 1, 0));

    assertThat(Objects.requireNonNull(intervals.poll()).counts().records()).isEqualTo(400);
    assertThat(Objects.requireNonNull(intervals.poll()).counts().records()).isEqualTo(200);
    assertThat(intervals.poll()).isNull();
  }

  @Test
  void countsOfADecidedIntervalComeTooLate() {
    intervals.add(counts(0, 0, 200, 0));
    intervals.add(counts(0, 1, 200, 0));
    intervals.poll();

    boolean added = intervals.add(counts(1, 0, 200, 200));

    assertThat(added).isFalse();
    assertThat(state.getOpen()).hasSize(1);
  }

  @Test
  void tooShortAnIntervalCountsWithTheNext() {
    intervals.add(counts(0, 0, 60, 3));
    intervals.add(counts(0, 5, 60, 2));
    OpenIntervals.Closed tooShort = intervals.poll();
    intervals.add(counts(0, 6, 60, 0));

    OpenIntervals.Closed closed = Objects.requireNonNull(intervals.poll());

    assertThat(tooShort).isNull();
    assertThat(closed.counts().records()).isEqualTo(120);
    assertThat(closed.counts().flagged()).isEqualTo(5);
    assertThat(closed.from()).isZero();
    assertThat(closed.to()).isEqualTo(6 * HOUR);
  }

  private static IntervalCounts counts(int partition, int hour, int records, int flagged) {
    PValueCounts counts = new PValueCounts(ALPHA);
    for (int i = 0; i < records; i++) {
      counts.add(i < flagged ? 0.005 : 0.5);
    }
    return new IntervalCounts(
        partition, 1L, Instant.ofEpochMilli(hour * HOUR), ALPHA, counts.flagged(), counts.bins());
  }
}
