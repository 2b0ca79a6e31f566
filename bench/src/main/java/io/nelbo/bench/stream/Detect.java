package io.nelbo.bench.stream;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code nelbo detect} as a user starts it. */
final class Detect implements AutoCloseable {
  private final Process process;

  private Detect(Process process) {
    this.process = process;
  }

  static Detect start(String settings) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("nelbo.root"), "nelbo").toString());
    command.add("detect");
    for (String setting : settings.split(" ", -1)) {
      command.addAll(List.of("-o", setting));
    }
    return new Detect(
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(new File("/dev/null"))
            .start());
  }

  /** The memory, in MiB, that the process holds resident; NaN where the system does not tell. */
  double residentMebibytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return Double.NaN;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(Double.NaN);
  }

  @Override
  public void close() {
    ChildProcess.stop(process);
  }
}
