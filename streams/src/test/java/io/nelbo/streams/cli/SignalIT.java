package io.nelbo.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nelbo.streams.TestKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that is told to stop by SIGTERM, as systemd and Kubernetes do it. */
class SignalIT {
  @TempDir private Path folder;

  @Test
  void programToldToStopLeavesItsGroupAndExitsWithZero() throws Exception {
    Path log = folder.resolve("log");
    String id = TestKafka.unique("stopped");
    Process process =
        MainProcess.start(
            log,
            "detect",
            "-oinput.topic=" + TestKafka.newTopic("readings", 1),
            "-oapplication.id=" + id,
            "-osession.timeout.ms=45000", // a member that has left is not waited for
            "-obootstrap.servers=" + TestKafka.bootstrapServers());
    try {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> Files.readString(log).contains("detector is running"));

      process.destroy();

      assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(log)).isZero();
      assertThat(members(id + ".detector")).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private static int members(String group) throws Exception {
    try (Admin admin = TestKafka.admin()) {
      return admin
          .describeConsumerGroups(List.of(group))
          .all()
          .get(30, TimeUnit.SECONDS)
          .values()
          .stream()
          .mapToInt(found -> found.members().size())
          .sum();
    }
  }
}
