package io.nelbo.bench.micro;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The most fused multiply-adds that a core does, measured by {@code bench/src/main/vector} in a JVM
 * with the Vector API, for which the module must be there.
 */
final class FmaPeak {
  static final List<String> VECTOR_API = List.of("--add-modules", "jdk.incubator.vector");

  private static final String MODULE = "jdk.incubator.vector";

  private FmaPeak() {}

  static boolean isMeasurable() {
    return java.lang.module.ModuleFinder.ofSystem().find(MODULE).isPresent();
  }

  /** Returns GFLOP/s, two operations to a multiply-add. */
  static double gigaflops() throws IOException, InterruptedException {
    Path source = Path.of(System.getProperty("nelbo.root"), "bench/src/main/vector/FmaPeak.java");
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "--add-modules",
                MODULE,
                source.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0 || said.isBlank() || !Files.exists(source)) {
      throw new IOException("the FMA peak cannot be measured: " + source + " does not run");
    }
    return Double.parseDouble(said.split(" ", 2)[0]);
  }
}
