package io.nelbo.bench.micro;

import io.nelbo.bench.VectorApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The most fused multiply-adds that a core does, measured by {@code bench/src/main/vector} in a JVM
 * with the Vector API, for which the module must be there.
 */
final class FmaPeak {
  private FmaPeak() {}

  /** Returns GFLOP/s, two operations to a multiply-add. */
  static double gigaflops() throws IOException, InterruptedException {
    Path source = Path.of(System.getProperty("nelbo.root"), "bench/src/main/vector/FmaPeak.java");
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(VectorApi.options());
    command.add(source.toString());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0 || said.isBlank() || !Files.exists(source)) {
      throw new IOException("the FMA peak cannot be measured: " + source + " does not run");
    }
    return Double.parseDouble(said.split(" ", 2)[0]);
  }
}
