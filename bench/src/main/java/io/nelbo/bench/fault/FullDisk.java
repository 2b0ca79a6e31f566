package io.nelbo.bench.fault;

import io.nelbo.bench.process.Program;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * The disk with the state directories of detector and trainer is full. Each may go on or end with
 * an exit code of its own and a reason; once there is space again and what ended is started, the
 * next model is of the whole window and every record is scored.
 */
final class FullDisk implements Scenario {
  private static final int MEBIBYTES = 64;
  private static final int SECONDS = 20;

  @Override
  public String name() {
    return "full-disk";
  }

  @Override
  public int deadlineSeconds() {
    return 400;
  }

  @Override
  public Counted play(Stage stage, Extent extent) throws Exception {
    stage.publishModel();
    try (SmallDisk disk = SmallDisk.mount(stage.state("disk"), MEBIBYTES)) {
      String state = "state.dir=" + stage.state("disk");
      Program detector = stage.detector("detector", state).start();
      Program trainer = stage.trainer("trainer", state, "model.name=before").start();
      Tally tally = stage.tally();
      Feed feed = stage.feed(1_000);
      tally.awaitScoredFrom(feed.sent());
      disk.fill();
      TimeUnit.SECONDS.sleep(SECONDS);
      String detectorDid = whatItDid(detector);
      String trainerDid = whatItDid(trainer);
      disk.free();
      startIfEnded(detector);
      tally.awaitScoredFrom(feed.sent());
      Counted counted = stage.count(feed, tally);
      trainer.kill();
      stage.killed();
      Window window = Window.asItIs(stage);
      Program again = window.trainer("afterwards", state).start();
      window.awaitModel(again, "afterwards");
      return counted.with("detector", detectorDid).with("trainer", trainerDid);
    }
  }

  private static String whatItDid(Program program) throws IOException {
    if (program.isAlive()) {
      return "went on";
    }
    if (program.exitValue() != 1 || !program.log().contains("nelbo: ")) {
      throw new IOException(
          program.name()
              + " ended with "
              + program.exitValue()
              + " and no reason: "
              + program.tail());
    }
    return "ended with a reason";
  }

  private static void startIfEnded(Program program) throws IOException {
    if (!program.isAlive()) {
      program.start();
    }
  }
}
