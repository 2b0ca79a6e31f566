package io.nelbo.bench.fault;

import io.nelbo.bench.process.Program;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A detector is started while no broker is there; they come later. */
final class BrokersAwayAtStart implements Scenario {
  private static final Pattern WAITING = Pattern.compile("no Kafka broker at");

  @Override
  public String name() {
    return "brokers-away-at-start";
  }

  @Override
  public Counted play(Stage stage, Extent extent) throws Exception {
    stage.publishModel();
    for (int node = 0; node < stage.nodes().count(); node++) {
      stage.nodes().kill(node);
      stage.killed();
    }
    Program detector = stage.detector("detector").start();
    detector.awaitLog(WAITING, 60);
    TimeUnit.SECONDS.sleep(5);
    for (int node = 0; node < stage.nodes().count(); node++) {
      stage.nodes().start(node);
    }
    stage.nodes().awaitWhole();
    Tally tally = stage.tally();
    Feed feed = stage.feed(1_000);
    tally.awaitScoredFrom(feed.sent());
    feed.await(10_000);
    return stage.count(feed, tally);
  }
}
