package io.nelbo.streams.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TaskFeedTest {
  private final TaskFeed feed = new LiveFeed().open(new ScoreRing());

  @Test
  void stormLeavesSoManyASecond() {
    for (int i = 0; i < 10_000; i++) {
      feed.deadLetter(stray(i, 5_000 + i / 100));
    }
    feed.deadLetter(stray(10_000, 6_000));

    assertThat(feed.takeStrays())
        .hasSize(TaskFeed.MOST_A_SECOND + 1)
        .extracting(StrayRecord::offset)
        .isSorted()
        .contains(0L, 10_000L);
    assertThat(feed.takeStrays()).isEmpty();
  }

  @Test
  void feedOfATaskThatEndedIsGone() {
    LiveFeed live = new LiveFeed();
    TaskFeed task = live.open(new ScoreRing());

    live.close(task);

    assertThat(live.tasks()).isEmpty();
  }

  private static StrayRecord stray(long offset, long atMs) {
    return new StrayRecord("UNDECODABLE", "no Avro", "readings", 0, offset, atMs);
  }
}
