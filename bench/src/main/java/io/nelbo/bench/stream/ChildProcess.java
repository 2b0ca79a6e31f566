package io.nelbo.bench.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM with this one's class path, spoken to by lines. Its log goes to this one's stderr. */
public final class ChildProcess implements AutoCloseable {
  /** What the answer to an order begins with. */
  static final String ANSWER = "= ";

  private static final long STOP_SECONDS = 40;

  private final String name;
  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter orders;

  private ChildProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    answers = process.inputReader(StandardCharsets.UTF_8);
    orders = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
  }

  static ChildProcess start(String name, List<String> jvm, String main, List<String> arguments)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command(jvm, main, arguments))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    // Whoever stops this JVM by a signal stops them all.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    return new ChildProcess(name, process);
  }

  /** The command line of a JVM with this one's class path. */
  public static List<String> command(List<String> jvm, String main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(arguments);
    return command;
  }

  /** Gives an order and returns the answer. */
  String ask(String order) throws IOException {
    order(order);
    return answer(ANSWER);
  }

  /** Gives an order; the answer is still to be read. */
  void order(String order) {
    orders.println(order);
  }

  /** Returns the rest of the next line it prints that begins so; JVMs print lines of their own. */
  String answer(String prefix) throws IOException {
    String line = answers.readLine();
    while (line != null && !line.startsWith(prefix)) {
      line = answers.readLine();
    }
    if (line == null) {
      throw new IOException(name + " ended; its log is above");
    }
    return line.substring(prefix.length());
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    stop(process);
  }

  /** Asks a process to end, and ends it if it has not done so in time. */
  public static void stop(Process process) {
    process.destroy();
    try {
      if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
