package io.nelbo.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** A real shell that is typed into: one session, with what it left running in the background. */
public final class Terminal implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(150);

  /** What a user has in Nelbo's folder. */
  private static final List<String> LINKED = List.of("nelbo", "docs");

  private final Path folder;
  private final Path screen;
  private final Process bash;
  private final BufferedWriter keys;
  private int typed;

  private Terminal(Path folder, Path screen, Process bash) {
    this.folder = folder;
    this.screen = screen;
    this.bash = bash;
    keys = bash.outputWriter(UTF_8);
  }

  /** Opens a shell in an empty folder that becomes as one of Nelbo is to its user. */
  public static Terminal open(Path folder) throws IOException {
    for (String name : LINKED) {
      Files.createSymbolicLink(folder.resolve(name), Path.of("..", name).toRealPath());
    }
    Path screen = folder.resolve(".screen");
    ProcessBuilder builder = new ProcessBuilder("bash").directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("NELBO_JAVA_OPTS", "-Duser.home=" + folder.resolve("home"));
    Process bash = builder.redirectErrorStream(true).redirectOutput(screen.toFile()).start();
    Terminal terminal = new Terminal(folder, screen, bash);
    terminal.enter("set -E; trap 'failed=\"$failed $BASH_COMMAND ($?)\"' ERR");
    return terminal;
  }

  /** Whether there is such a program. */
  public static boolean has(String program) {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /**
   * Types commands, waits until those of the foreground have ended, and returns what came on the
   * screen, errors too.
   *
   * @throws AssertionError if one of them fails, or takes too long
   */
  public String type(String commands) throws IOException {
    int before = Files.readString(screen).length();
    String end = "[end of " + ++typed + ", failed:";
    Path file = Files.writeString(folder.resolve(".typed-" + typed), commands);
    enter("failed=; . ./%s < /dev/null; echo \"%s$failed]\"".formatted(file.getFileName(), end));
    await(commands)
        .atMost(PATIENCE)
        .failFast("the shell ended", () -> !bash.isAlive())
        .until(() -> Files.readString(screen).substring(before), text -> text.contains(end));
    String text = Files.readString(screen).substring(before);
    assertThat(text).as(commands).contains(end + "]");
    return text.substring(0, text.indexOf(end));
  }

  private void enter(String line) throws IOException {
    keys.write(line);
    keys.newLine();
    keys.flush();
  }

  /** Ends the shell and all that it left running. */
  @Override
  public void close() throws IOException {
    List<ProcessHandle> left = bash.descendants().toList();
    left.forEach(ProcessHandle::destroy);
    keys.close();
    await("the end of what was left running")
        .atMost(Duration.ofSeconds(40))
        .until(() -> left.stream().noneMatch(ProcessHandle::isAlive));
    bash.destroy();
    for (String name : LINKED) {
      Files.delete(folder.resolve(name));
    }
  }
}
