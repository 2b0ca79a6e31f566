package io.nelbo.bench.fault;

import io.nelbo.bench.process.Program;

/** The detector is killed and finds its state directory gone. */
final class DetectorStateDeleted implements Scenario {
  @Override
  public String name() {
    return "detector-state-deleted";
  }

  @Override
  public Counted play(Stage stage, Extent extent) throws Exception {
    stage.publishModel();
    Program detector = stage.detector("detector").start();
    Tally tally = stage.tally();
    Feed feed = stage.feed(1_000);
    for (int kill = 0; kill < 2; kill++) {
      tally.awaitScoredFrom(feed.sent());
      extent.awaitSomeMoment(2_000);
      detector.kill();
      stage.killed();
      stage.deleteState("detector");
      detector.start();
    }
    tally.awaitScoredFrom(feed.sent());
    return stage.count(feed, tally);
  }
}
