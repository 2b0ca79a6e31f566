package io.nelbo.bench.fault;

import io.nelbo.bench.process.Program;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * One of two detectors stands still for longer than its session lasts, and then goes on where it
 * was, though another has its partitions.
 */
final class DetectorStopped implements Scenario {
  private static final int SECONDS = 15;

  @Override
  public String name() {
    return "detector-stopped";
  }

  @Override
  public Counted play(Stage stage, Extent extent) throws Exception {
    stage.publishModel();
    Program still = stage.detector("detector-a").start();
    Program other = stage.detector("detector-b").start();
    Tally tally = stage.tally();
    Feed feed = stage.feed(1_000);
    stage.awaitDetectors(2);
    tally.awaitScoredFrom(feed.sent());
    extent.awaitSomeMoment(1_000);
    still.pause();
    TimeUnit.SECONDS.sleep(SECONDS);
    still.resume();
    stage.awaitDetectors(2);
    tally.awaitScoredFrom(feed.sent());
    for (Program detector : new Program[] {still, other}) {
      if (!detector.isAlive()) {
        throw new IOException(detector.name() + " ended; its log: " + detector.tail());
      }
    }
    return stage.count(feed, tally).with("stoppedSeconds", SECONDS);
  }
}
