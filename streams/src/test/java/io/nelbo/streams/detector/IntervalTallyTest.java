package io.nelbo.streams.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.schemas.IntervalCounts;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IntervalTallyTest {
  private static final long MINUTE = 60_000;

  private final IntervalTally tally = new IntervalTally(Duration.ofHours(1), 0.01);

  @Test
  void countsAreOfTheIntervalTheirRecordsCameIn() {
    tally.add(0.5, 61 * MINUTE, 3);
    tally.add(0.01, 119 * MINUTE, 3);
    boolean withinTheHour = tally.isComplete(119 * MINUTE, 3);
    boolean inTheNext = tally.isComplete(120 * MINUTE, 3);

    IntervalCounts counts = tally.take(7);

    assertThat(withinTheHour).isFalse();
    assertThat(inTheNext).isTrue();
    assertThat(counts.getInterval()).isEqualTo(Instant.ofEpochMilli(60 * MINUTE));
    assertThat(counts.getPartition()).isEqualTo(7);
    assertThat(counts.getModelVersion()).isEqualTo(3);
    assertThat(counts.getFlagged()).isEqualTo(1);
    assertThat(counts.getBins())
        .containsExactly(1L, 0L, 0L, 0L, 0L, 0L, 0L, 1L, 0L, 0L, 0L, 0L, 0L);
    assertThat(tally.isEmpty()).isTrue();
  }

  @Test
  void recordOlderThanTheIntervalCountsInIt() {
    tally.add(0.5, 120 * MINUTE, 1);
    boolean complete = tally.isComplete(30 * MINUTE, 1);
    tally.add(0.5, 30 * MINUTE, 1);

    IntervalCounts counts = tally.take(0);

    assertThat(complete).isFalse();
    assertThat(counts.getInterval()).isEqualTo(Instant.ofEpochMilli(120 * MINUTE));
  }

  @Test
  void anotherModelCountsAnew() {
    tally.add(0.5, 0, 1);

    assertThat(tally.isComplete(1, 2)).isTrue();
  }

  @Test
  void busyPartitionTellsItsCountsByTheThousand() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(tally.isComplete(i, 1)).isFalse();
      tally.add(0.5, i, 1);
    }

    assertThat(tally.isComplete(1_000, 1)).isTrue();
  }

  @Test
  void timesBeforeTheEpochHaveIntervalsToo() {
    tally.add(0.5, -MINUTE, 1);

    assertThat(tally.take(0).getInterval()).isEqualTo(Instant.ofEpochMilli(-60 * MINUTE));
  }
}
