package io.nelbo.bench.fault;

import io.nelbo.bench.Report;
import io.nelbo.bench.process.Program;
import java.io.IOException;
import java.util.List;

/** One of two detectors is killed; the other takes its partitions over. */
final class OneOfTwoKilled implements Scenario {
  private static final int SOON_ENOUGH_SECONDS = 10;

  /** The short form is a test, which may run on a machine that is busy with others. */
  private static final int SOON_ENOUGH_FOR_A_TEST = 60;

  @Override
  public String name() {
    return "one-of-two-killed";
  }

  @Override
  public Counted play(Stage stage, Extent extent) throws Exception {
    stage.publishModel();
    List<Program> detectors =
        List.of(stage.detector("detector-a").start(), stage.detector("detector-b").start());
    Tally tally = stage.tally();
    Feed feed = stage.feed(extent.choose(500, 1_000));
    double slowest = 0;
    for (int kill = 0; kill < extent.choose(1, 4); kill++) {
      stage.awaitDetectors(2);
      tally.awaitScoredFrom(feed.sent());
      extent.awaitSomeMoment(1_000);
      Program victim = detectors.get(extent.random().nextInt(2));
      victim.kill();
      stage.killed();
      slowest = Math.max(slowest, tally.awaitScoredFrom(feed.sent()));
      victim.start();
    }
    Counted counted = stage.count(feed, tally).with("takeoverSeconds", Report.rounded(slowest));
    int soonEnough = extent.choose(SOON_ENOUGH_FOR_A_TEST, SOON_ENOUGH_SECONDS);
    if (slowest > soonEnough) {
      throw new IOException(
          "the other detector took over after %.1f s, at most %d s are good enough"
              .formatted(slowest, soonEnough));
    }
    return counted;
  }
}
