package io.nelbo.bench;

import io.nelbo.bench.stream.EndToEnd;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Where the benchmarks start. */
@Command(
    name = "bench/run",
    mixinStandardHelpOptions = true,
    description = "Measures what Nelbo's claims of speed rest on.",
    subcommands = {EndToEnd.class})
public final class Bench {
  private Bench() {}

  public static void main(String[] args) {
    int exitCode = new CommandLine(new Bench()).setUsageHelpAutoWidth(true).execute(args);
    System.exit(exitCode);
  }
}
