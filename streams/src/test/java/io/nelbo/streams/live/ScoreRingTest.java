package io.nelbo.streams.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ScoreRingTest {
  private final ScoreRing ring = new ScoreRing();

  @Test
  void readerGetsEachScoreOnceInOrder() {
    ring.add(1, 0.5, 10);
    ring.add(2, 0.4, 20);
    List<Double> first = new ArrayList<>();
    long next = ring.read(0, (score, pValue, timeMs) -> first.add(score));
    ring.add(3, 0.5, 30);

    List<Double> second = new ArrayList<>();
    ring.read(next, (score, pValue, timeMs) -> second.add(score + pValue + timeMs));

    assertThat(first).containsExactly(1.0, 2.0);
    assertThat(second).containsExactly(33.5);
  }

  @Test
  void slowReaderMissesTheOldestOnly() {
    for (int i = 0; i < 3 * ScoreRing.CAPACITY; i++) {
      ring.add(i, 0.5, 0);
    }

    List<Double> read = new ArrayList<>();
    ring.read(0, (score, pValue, timeMs) -> read.add(score));

    assertThat(read).hasSize(ScoreRing.CAPACITY - 1).isSorted();
    assertThat(read.get(read.size() - 1)).isEqualTo(3.0 * ScoreRing.CAPACITY - 1);
  }

  @Test
  void fastScoresAreSampledToTheRateKept() {
    int perSecond = 100_000;
    for (int second = 0; second < 3; second++) {
      for (int i = 0; i < perSecond; i++) {
        ring.add(i, 0.5, 1_000L * second + 1_000L * i / perSecond);
      }
    }

    long beforeLast = ring.head();
    for (int i = 0; i < perSecond; i++) {
      ring.add(i, 0.5, 3_000 + 1_000L * i / perSecond);
    }

    assertThat(ring.head() - beforeLast)
        .isBetween(ScoreRing.SAMPLES_PER_SECOND * 9L / 10, (long) ScoreRing.SAMPLES_PER_SECOND + 1);
  }

  @Test
  void readerNeverSeesHalfOfAScore() {
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              for (double i = 0; !enough.get(); i++) {
                ring.add(i, -i, 0);
              }
            });
    long next = 0;
    int read = 0;
    int[] torn = {0};
    while (read < 200) {
      long before = next;
      next = ring.read(next, (score, pValue, timeMs) -> torn[0] += score == -pValue ? 0 : 1);
      read += next > before ? 1 : 0;
    }
    enough.set(true);
    writer.join();

    assertThat(torn[0]).isZero();
  }
}
