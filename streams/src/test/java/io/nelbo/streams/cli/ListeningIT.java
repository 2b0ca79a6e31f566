package io.nelbo.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nelbo.streams.TestKafka;
import io.nelbo.streams.config.DetectorConfig;
import io.nelbo.streams.config.HttpSettings;
import io.nelbo.streams.config.Settings;
import io.nelbo.streams.http.HttpService;
import io.nelbo.streams.local.LocalBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process listens on, as Linux tells. */
class ListeningIT {
  private static final String LISTEN = "0A";

  /** 127.0.0.1 in /proc/net/tcp, and in tcp6 where Java opens a socket for both. */
  private static final Set<String> LOOPBACK =
      Set.of("0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000");

  @TempDir private Path folder;

  @BeforeAll
  static void askLinux() {
    assumeTrue(Files.exists(Path.of("/proc/self/net/tcp")), "only Linux tells");
  }

  @Test
  void runningDetectorAndTrainerListenOnNothing() throws Exception {
    Path log = folder.resolve("log");
    Process process =
        MainProcess.start(
            log,
            "run",
            "-oinput.topic=" + TestKafka.newTopic("readings", 1),
            "-oapplication.id=" + TestKafka.unique("silent"),
            "-obootstrap.servers=" + TestKafka.bootstrapServers(),
            "-ostate.dir=" + folder.resolve("state"));
    try {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(
              () -> Files.readString(log),
              said -> said.contains("detector is running") && said.contains("trainer is running"));

      assertThat(listening(process.pid())).isEmpty();
    } finally {
      process.destroy();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void localBrokerListensOnLoopbackOnly() throws Exception {
    long here = ProcessHandle.current().pid();
    Set<String> before = new HashSet<>(listening(here));
    try (LocalBroker broker = LocalBroker.temporary(0)) {
      Set<String> added = new HashSet<>(listening(here));
      added.removeAll(before);

      assertThat(added).as("sockets of %s", broker.bootstrapServers()).hasSize(2);
      assertThat(added).allMatch(socket -> LOOPBACK.contains(socket.split(":", 2)[0]));
    }
  }

  @Test
  void httpIsServedOnLoopbackOnlyUnlessAskedForMore() throws Exception {
    long here = ProcessHandle.current().pid();
    HttpSettings asked =
        DetectorConfig.of(Settings.of(Map.of("input.topic", "readings", "http.port", "0"))).http();
    Set<String> before = new HashSet<>(listening(here));
    try (HttpService service = HttpService.start(Objects.requireNonNull(asked), Map.of())) {
      Set<String> added = new HashSet<>(listening(here));
      added.removeAll(before);

      assertThat(added).as("sockets of %s", service.address()).hasSize(1);
      assertThat(added).allMatch(socket -> LOOPBACK.contains(socket.split(":", 2)[0]));
    }
  }

  /** The addresses, in hexadecimal, of the TCP sockets that a process listens on. */
  private static List<String> listening(long pid) throws IOException {
    Set<String> own = sockets(pid);
    List<String> addresses = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "net", table))) {
        String[] columns = line.strip().split(" +", -1);
        if (columns[3].equals(LISTEN) && own.contains(columns[9])) {
          addresses.add(columns[1]);
        }
      }
    }
    return addresses;
  }

  /** The inodes of a process's sockets. */
  private static Set<String> sockets(long pid) throws IOException {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (Files.isSymbolicLink(file)) {
          String target = target(file);
          if (target.startsWith("socket:[")) {
            inodes.add(target.substring("socket:[".length(), target.length() - 1));
          }
        }
      }
    }
    return inodes;
  }

  private static String target(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException e) {
      return ""; // closed meanwhile
    }
  }
}
