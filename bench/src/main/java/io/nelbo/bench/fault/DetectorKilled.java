package io.nelbo.bench.fault;

import io.nelbo.bench.Report;
import io.nelbo.bench.process.Program;

/** The only detector is killed, and started again, again and again, each time while it works. */
final class DetectorKilled implements Scenario {
  @Override
  public String name() {
    return "detector-killed";
  }

  @Override
  public int deadlineSeconds() {
    return 900;
  }

  @Override
  public Counted play(Stage stage, Extent extent) throws Exception {
    stage.publishModel();
    Program detector = stage.detector("detector", "group.instance.id=one").start();
    Tally tally = stage.tally();
    Feed feed = stage.feed(extent.choose(500, 3_000));
    double slowest = 0;
    tally.awaitScoredFrom(feed.sent());
    for (int kill = 0; kill < extent.choose(2, 20); kill++) {
      extent.awaitSomeMoment(2_000);
      detector.kill();
      stage.killed();
      detector.start();
      slowest = Math.max(slowest, tally.awaitScoredFrom(feed.sent()));
    }
    feed.await(extent.choose(0, 500_000));
    return stage.count(feed, tally).with("slowestReturnSeconds", Report.rounded(slowest));
  }
}
