package io.nelbo.bench.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.nelbo.bench.process.Program;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SteppedClockTest {
  @TempDir private Path directory;

  @Test
  void programGoesByTheClockAsItWasLastSet() throws Exception {
    SteppedClock clock = clock();
    try (Program program = new Program("date", directory.resolve("log"), List.of("date", "+%s"))) {
      clock.give(program);
      for (long step : new long[] {0, 3600, -86_400}) {
        clock.step(step);

        long told =
            Long.parseLong(program.start().awaitLog(Pattern.compile("\\d+\\n"), 10).strip());

        assertThat(told - Instant.now().getEpochSecond()).isBetween(step - 10, step);
      }
    }
  }

  private SteppedClock clock() throws Exception {
    try {
      return SteppedClock.in(directory.resolve("clock"));
    } catch (CannotPlay e) {
      return abort(e.getMessage());
    }
  }
}
