package io.nelbo.bench.process;

import io.nelbo.bench.stream.ChildProcess;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A process that may be started again and again, and to which the worst may be done. Its log goes
 * to a file. It does not outlive this JVM, unless that is itself killed. NOT thread safe, but for
 * {@link #close}.
 */
public final class Program implements AutoCloseable {
  private static final long POLL_MS = 20;
  private static final long STOP_SECONDS = 30;

  private final String name;
  private final Path log;
  private final ProcessBuilder builder;
  private volatile @Nullable Process process;
  private volatile boolean closed;
  private long logFrom;

  public Program(String name, Path log, List<String> command) {
    this.name = name;
    this.log = log;
    File file = log.toFile();
    builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(file));
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /** A JVM with this one's class path. */
  public static Program java(
      String name, Path log, List<String> jvm, String main, List<String> arguments) {
    return new Program(name, log, ChildProcess.command(jvm, main, arguments));
  }

  public String name() {
    return name;
  }

  public Program with(String variable, String value) {
    builder.environment().put(variable, value);
    return this;
  }

  public synchronized Program start() throws IOException {
    if (closed) {
      throw new IOException(name + " is not started any more");
    }
    logFrom = Files.exists(log) ? Files.size(log) : 0;
    process = builder.start();
    return this;
  }

  public long pid() {
    return process().pid();
  }

  private Process process() {
    Process started = process;
    if (started == null) {
      throw new IllegalStateException(name + " was not started");
    }
    return started;
  }

  public boolean isAlive() {
    return process().isAlive();
  }

  public int exitValue() {
    return process().exitValue();
  }

  /** Ends it by SIGKILL: no warning, no last words. */
  public void kill() throws InterruptedException {
    process().destroyForcibly().waitFor();
  }

  /** Ends it by SIGTERM, as an operator does. */
  public void stop() throws InterruptedException {
    ChildProcess.stop(process());
  }

  /** Stops it where it is, by SIGSTOP, until {@link #resume}. */
  public void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  public void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    String pid = Long.toString(process().pid());
    if (new ProcessBuilder("kill", "-" + signal, pid).start().waitFor() != 0) {
      throw new IOException("kill -" + signal + " of " + name + " was refused");
    }
  }

  /**
   * Waits until it has logged, since it was started, something of that pattern, and returns it.
   *
   * @throws IOException if it ends first, or the time does; the message has the end of its log
   */
  public String awaitLog(Pattern pattern, long seconds) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    while (true) {
      boolean alive = isAlive();
      var found = pattern.matcher(log());
      if (found.find()) {
        return found.group(found.groupCount());
      }
      if (!alive || System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(seconds)) {
        throw new IOException(
            "%s %s before it logged \"%s\"; its log: %s"
                .formatted(
                    name, alive ? "had " + seconds + " s" : "ended", pattern.pattern(), tail()));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
  }

  /** What it has logged since it was started. */
  public String log() throws IOException {
    if (!Files.exists(log)) {
      return "";
    }
    byte[] all = Files.readAllBytes(log);
    int from = (int) Math.min(logFrom, all.length);
    return new String(all, from, all.length - from, StandardCharsets.UTF_8);
  }

  /** The last lines of its log. */
  public String tail() throws IOException {
    String text = log().strip();
    return text.substring(Math.max(0, text.length() - 600));
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    Process started = process;
    if (started != null && started.isAlive()) {
      started.destroyForcibly();
      try {
        started.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
