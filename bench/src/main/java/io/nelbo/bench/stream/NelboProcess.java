package io.nelbo.bench.stream;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code nelbo detect} or another of its applications, as a user starts it. */
public final class NelboProcess implements AutoCloseable {
  private final Process process;

  private NelboProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param jvm more options for Java, with spaces between
   * @param settings {@code key=value}, with spaces between
   */
  public static NelboProcess start(String command, String jvm, String settings) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("nelbo.root"), "nelbo").toString());
    line.add(command);
    for (String setting : settings.split(" ", -1)) {
      line.addAll(List.of("-o", setting));
    }
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(new File("/dev/null"));
    if (!jvm.isEmpty()) {
      builder.environment().put("NELBO_JAVA_OPTS", jvm);
    }
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    return new NelboProcess(process);
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    ChildProcess.stop(process);
  }
}
