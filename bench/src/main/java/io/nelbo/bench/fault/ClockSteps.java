package io.nelbo.bench.fault;

import io.nelbo.bench.process.Program;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The records' times go back by a day and forward by almost an hour, which is as far ahead as a
 * broker takes them, and the detector's own clock is set ahead and a little back.
 */
final class ClockSteps implements Scenario {
  private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);
  private static final long AHEAD_MS = TimeUnit.MINUTES.toMillis(55);
  private static final int RECORDS = 10_000;

  /**
   * In seconds ahead of the machine's clock. Back by half a minute only: Kafka's clients let their
   * timers stand until a clock that was set back has made up for it.
   */
  private static final List<Long> STEPS =
      List.of(
          TimeUnit.HOURS.toSeconds(1),
          TimeUnit.HOURS.toSeconds(1) - 30,
          TimeUnit.DAYS.toSeconds(3),
          TimeUnit.DAYS.toSeconds(3) - 30);

  @Override
  public String name() {
    return "clock-steps";
  }

  @Override
  public int deadlineSeconds() {
    return 300;
  }

  @Override
  public Counted play(Stage stage, Extent extent) throws Exception {
    SteppedClock clock = SteppedClock.in(stage.state("clock"));
    stage.publishModel();
    Program detector = stage.detector("detector");
    clock.give(detector);
    detector.start();
    Tally tally = stage.tally();
    Feed feed = stage.feed(1_000, ClockSteps::timestamp);
    for (long step : STEPS) {
      tally.awaitScoredFrom(feed.sent());
      clock.step(step);
      extent.awaitSomeMoment(3_000);
    }
    feed.await(RECORDS);
    tally.awaitScoredFrom(feed.sent());
    if (!detector.isAlive()) {
      throw new IOException("the detector ended; its log: " + detector.tail());
    }
    return stage.count(feed, tally);
  }

  private static long timestamp(long number) {
    long now = System.currentTimeMillis();
    return switch ((int) (number / 1_000 % 4)) {
      case 1 -> now - DAY_MS;
      case 3 -> now + AHEAD_MS;
      default -> now;
    };
  }
}
