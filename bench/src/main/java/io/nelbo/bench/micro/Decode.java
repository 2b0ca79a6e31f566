package io.nelbo.bench.micro;

import io.nelbo.bench.Report;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the way from a record's bytes to the encoder's input. */
@Command(
    name = "decode",
    mixinStandardHelpOptions = true,
    description = "Time and bytes allocated, from a record's bytes to the encoder's input.")
public final class Decode implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "End with one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Report report = new Report(spec.commandLine().getOut(), json);
    report.line("%-24s %10s %10s".formatted("30 fields", "ns", "bytes"));
    for (RunResult result : new Jmh(List.of()).run("DecodeBenchmark")) {
      report.line(
          "%-24s %10.1f %10.1f".formatted(Jmh.name(result), Jmh.nanos(result), Jmh.bytes(result)));
      switch (Jmh.method(result)) {
        case "decodeAndFeaturise" -> {
          report.put("nanos", Jmh.nanos(result));
          report.put("bytes", Jmh.bytes(result));
        }
        case "genericRecord" -> {
          report.put("genericRecordNanos", Jmh.nanos(result));
          report.put("genericRecordBytes", Jmh.bytes(result));
        }
        default -> report.put("decodeNanos", Jmh.nanos(result));
      }
    }
    report.end();
    return 0;
  }
}
