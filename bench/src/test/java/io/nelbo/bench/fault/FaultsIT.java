package io.nelbo.bench.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

class FaultsIT {
  /** A minute on a machine that does nothing else. */
  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void nothingIsLostOrDoubledThroughKillsOfDetectorAndTrainer() {
    StringWriter out = new StringWriter();

    int exitCode =
        new CommandLine(new Faults())
            .setOut(new PrintWriter(out))
            .execute("--short", "--json", "--seed", "1");

    assertThat(exitCode).as(out.toString()).isZero();
    assertThat(out.toString().lines().reduce((before, last) -> last).orElseThrow())
        .contains("\"lost\":0", "\"doubled\":0", "\"failed\":[]");
  }
}
