package io.nelbo.bench.fault;

import io.nelbo.bench.Report;
import io.nelbo.bench.process.Program;
import java.io.IOException;

/** Brokers are killed one after another, each once the one before is whole again. */
final class BrokersKilled implements Scenario {
  private static final int RECORDS = 500_000;

  @Override
  public String name() {
    return "brokers-killed";
  }

  @Override
  public int deadlineSeconds() {
    return 900;
  }

  @Override
  public Counted play(Stage stage, Extent extent) throws Exception {
    if (stage.nodes().count() == 1) {
      throw new CannotPlay("there is one broker only: --nodes 3");
    }
    stage.publishModel();
    Program detector = stage.detector("detector").start();
    Tally tally = stage.tally();
    Feed feed = stage.feed(extent.choose(1_000, 3_000));
    double slowest = 0;
    for (int kill = 0; kill < extent.choose(1, 4); kill++) {
      tally.awaitScoredFrom(feed.sent());
      extent.awaitSomeMoment(2_000);
      int node = extent.random().nextInt(stage.nodes().count());
      stage.nodes().kill(node);
      stage.killed();
      extent.awaitSomeMoment(4_000);
      stage.nodes().start(node);
      stage.nodes().awaitWhole();
      slowest = Math.max(slowest, tally.awaitScoredFrom(feed.sent()));
      if (!detector.isAlive()) {
        throw new IOException("the detector ended; its log: " + detector.tail());
      }
    }
    feed.await(extent.choose(0, RECORDS));
    return stage.count(feed, tally).with("slowestReturnSeconds", Report.rounded(slowest));
  }
}
