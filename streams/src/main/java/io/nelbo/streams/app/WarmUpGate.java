package io.nelbo.streams.app;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the detector up until there is a model, when a backlog is worked off: without it all of the
 * backlog could have passed, unscored, before the first training ends.
 *
 * <p>The detector is paused once it has passed to the window as many records as the first model
 * takes. If the trainer makes no model of them (some came twice, some are older than the window),
 * it is let through to pass as many again; if a training fails, it is let through for good.
 */
final class WarmUpGate {
  private static final Logger log = LoggerFactory.getLogger(WarmUpGate.class);

  /** A thousand records may pass in this time, hence no longer. */
  private static final long LOOK_MS = 2;

  private static final long ASK_NANOS = Duration.ofMillis(250).toNanos();

  /** The detector commits and the trainer checks within this time. */
  private static final long SETTLED_NANOS = Duration.ofSeconds(2).toNanos();

  private final DetectorApplication detector;
  private final TrainerApplication trainer;
  private final int batch;
  private boolean paused;
  private long pausedAt;
  private @Nullable InputEnd windowEnd;
  private long checksAtWindowEnd;

  WarmUpGate(DetectorApplication detector, TrainerApplication trainer, int batch) {
    this.detector = detector;
    this.trainer = trainer;
    this.batch = batch;
  }

  /** Waits until a model is in force, the detector has caught up without one, or the end. */
  void awaitFirstModel(CompletableFuture<? extends @Nullable Object> end)
      throws InterruptedException {
    long target = batch;
    long askedAt = System.nanoTime();
    while (!Ends.isOver(end) && detector.model().get() == null) {
      boolean ask = System.nanoTime() - askedAt >= ASK_NANOS;
      if (ask) {
        askedAt = System.nanoTime();
      }
      if (trainer.status().failures() > 0) {
        log.warn("the training failed, so the input is read on without a model");
        break;
      }
      if (!paused && detector.warmUp().records() >= target) {
        pause();
      } else if (ask && paused && trainerHadItsChance()) {
        target = detector.warmUp().records() + batch;
        resume();
      } else if (ask && !paused && detector.isCaughtUp()) {
        log.warn(
            "all of the input is read, and no model was trained: {} records came, the first model takes {} that are within window.duration",
            detector.warmUp().records(),
            batch);
        break;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MS);
    }
    if (paused) {
      resume();
    }
  }

  private void pause() {
    detector.client().pause(); // before anything else, for records go by meanwhile
    log.info(
        "the detector waits for the first model after {} records", detector.warmUp().records());
    paused = true;
    pausedAt = System.nanoTime();
    windowEnd = null;
  }

  private void resume() {
    log.info("the detector goes on");
    detector.client().resume();
    paused = false;
  }

  /** Whether the trainer has seen all there is to see, and has neither trained nor begun to. */
  private boolean trainerHadItsChance() throws InterruptedException {
    if (System.nanoTime() - pausedAt < SETTLED_NANOS || !trainer.isRunning()) {
      return false;
    }
    if (!trainer.status().isAssigned()) {
      return true; // another instance trains, and cannot be asked
    }
    if (windowEnd == null) {
      InputEnd now = trainer.windowEnd();
      if (trainer.hasRead(now)) {
        windowEnd = now;
        checksAtWindowEnd = trainer.status().idleChecks();
      }
      return false;
    }
    return trainer.status().idleChecks() > checksAtWindowEnd + 1;
  }
}
