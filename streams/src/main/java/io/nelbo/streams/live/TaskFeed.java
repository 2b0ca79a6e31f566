package io.nelbo.streams.live;

import io.nelbo.schemas.Alert;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one task leaves for onlookers: a sample of its scores, and its latest alerts and dead
 * letters, so many a second at most. Written by the stream thread, read by one other; neither waits
 * for the other.
 */
public final class TaskFeed {
  static final int MOST_A_SECOND = 32;
  private static final int KEPT = 64;
  private static final long SECOND_MS = 1_000;

  private final ScoreRing scores;
  private final Latest<Finding> findings = new Latest<>(KEPT);
  private final Latest<StrayRecord> strays = new Latest<>(KEPT);
  private long secondBegan;
  private int inSecond;
  private long scoresRead;

  TaskFeed(ScoreRing scores) {
    this.scores = scores;
    scoresRead = scores.head();
  }

  public void alert(Alert alert, byte @Nullable [] key, long nowMs) {
    if (mayAdd(nowMs)) {
      findings.add(new Finding(alert, key));
    }
  }

  public void deadLetter(StrayRecord stray) {
    if (mayAdd(stray.atMs())) {
      strays.add(stray);
    }
  }

  private boolean mayAdd(long nowMs) {
    if (Math.abs(nowMs - secondBegan) >= SECOND_MS) {
      secondBegan = nowMs;
      inSecond = 0;
    }
    return inSecond++ < MOST_A_SECOND;
  }

  /** Hands over the scores sampled since the last call; the reader's only, as are the next two. */
  public void takeScores(ScoreRing.Reader reader) {
    scoresRead = scores.read(scoresRead, reader);
  }

  public List<Finding> takeFindings() {
    return findings.take();
  }

  public List<StrayRecord> takeStrays() {
    return strays.take();
  }
}
