package io.nelbo.bench.fault;

import io.nelbo.bench.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The records' times go back by a day and forward by almost an hour, which is as far ahead as a
 * broker takes them; and where libfaketime is installed, the detector's own clock does so too.
 */
final class ClockSteps implements Scenario {
  private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);
  private static final long AHEAD_MS = TimeUnit.MINUTES.toMillis(55);
  private static final int RECORDS = 10_000;

  private static final Path LIBRARIES = Path.of("/usr/lib");
  private static final String LIBRARY = "libfaketimeMT.so.1";
  private static final List<String> STEPS = List.of("+1h", "-1d", "+0", "+3d", "-2h");

  @Override
  public String name() {
    return "clock-steps";
  }

  @Override
  public Counted play(Stage stage, Extent extent) throws Exception {
    stage.publishModel();
    Path clock = stage.state("clock");
    Program detector = stage.detector("detector");
    String library = library();
    if (!library.isEmpty()) {
      Files.writeString(clock, "+0");
      detector
          .with("LD_PRELOAD", library)
          .with("FAKETIME_TIMESTAMP_FILE", clock.toString())
          .with("FAKETIME_NO_CACHE", "1")
          .with("DONT_FAKE_MONOTONIC", "1");
    }
    detector.start();
    Tally tally = stage.tally();
    Feed feed = stage.feed(1_000, ClockSteps::timestamp);
    for (String step : STEPS) {
      tally.awaitScoredFrom(feed.sent());
      Files.writeString(clock, step);
      extent.awaitSomeMoment(3_000);
    }
    feed.await(RECORDS);
    tally.awaitScoredFrom(feed.sent());
    if (!detector.isAlive()) {
      throw new IOException("the detector ended; its log: " + detector.tail());
    }
    return stage
        .count(feed, tally)
        .with("clock", library.isEmpty() ? "records' only: no libfaketime" : "libfaketime");
  }

  private static long timestamp(long number) {
    long now = System.currentTimeMillis();
    return switch ((int) (number / 1_000 % 4)) {
      case 1 -> now - DAY_MS;
      case 3 -> now + AHEAD_MS;
      default -> now;
    };
  }

  /** Where libfaketime is, as Debian's package faketime installs it; empty if it is not. */
  private static String library() throws IOException {
    try (Stream<Path> files =
        Files.find(LIBRARIES, 3, (file, attributes) -> file.endsWith(LIBRARY))) {
      return files.map(Path::toString).findFirst().orElse("");
    }
  }
}
