package io.nelbo.bench.fault;

import io.nelbo.bench.Report;
import io.nelbo.bench.process.Program;
import java.util.List;

/** Two detectors are stopped in order, one after the other, and started again, as a new build. */
final class RollingRestart implements Scenario {
  @Override
  public String name() {
    return "rolling-restart";
  }

  @Override
  public Counted play(Stage stage, Extent extent) throws Exception {
    stage.publishModel();
    List<Program> detectors =
        List.of(
            stage.detector("detector-a", "group.instance.id=a").start(),
            stage.detector("detector-b", "group.instance.id=b").start());
    Tally tally = stage.tally();
    Feed feed = stage.feed(1_000);
    stage.awaitDetectors(2);
    tally.awaitScoredFrom(feed.sent());
    double slowest = 0;
    for (Program detector : detectors) {
      extent.awaitSomeMoment(1_000);
      long before = feed.sent();
      detector.stop();
      detector.start();
      slowest = Math.max(slowest, tally.awaitScoredFrom(before));
      stage.awaitDetectors(2);
    }
    return stage.count(feed, tally).with("slowestSeconds", Report.rounded(slowest));
  }
}
