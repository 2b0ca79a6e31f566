package io.nelbo.bench;

import io.nelbo.bench.fault.Faults;
import io.nelbo.bench.fuzz.Fuzz;
import io.nelbo.bench.micro.Decode;
import io.nelbo.bench.micro.Kernel;
import io.nelbo.bench.rate.Peer;
import io.nelbo.bench.rate.TrainingRate;
import io.nelbo.bench.soak.Soak;
import io.nelbo.bench.stream.EndToEnd;
import io.nelbo.bench.stream.Page;
import io.nelbo.bench.stream.Scale;
import io.nelbo.bench.stream.Swap;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Where the benchmarks start. */
@Command(
    name = "bench/run",
    mixinStandardHelpOptions = true,
    description = "Measures what Nelbo's claims of speed rest on.",
    subcommands = {
      Kernel.class,
      Decode.class,
      EndToEnd.class,
      TrainingRate.class,
      Peer.class,
      Swap.class,
      Scale.class,
      Page.class,
      Faults.class,
      Fuzz.class,
      Soak.class
    })
public final class Bench {
  private Bench() {}

  public static void main(String[] args) {
    int exitCode = new CommandLine(new Bench()).setUsageHelpAutoWidth(true).execute(args);
    System.exit(exitCode);
  }
}
