package io.nelbo.streams.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.streams.config.HttpSettings;
import io.nelbo.streams.local.ScenarioName;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DemoSettingsTest {
  private static final int USUAL = 8080;

  @Test
  void pageHasAnotherPortWhereTheUsualOneIsTaken() throws IOException {
    try (ServerSocket taken = takeUnlessTaken()) {
      HttpSettings page = Objects.requireNonNull(settings());

      assertThat(page.port()).as("any that is free, beside %s", taken).isZero();
      assertThat(page.host()).isEqualTo("127.0.0.1");
    }
  }

  private static @Nullable ServerSocket takeUnlessTaken() throws IOException {
    try {
      return new ServerSocket(USUAL, 1, InetAddress.getLoopbackAddress());
    } catch (BindException e) {
      return null; // by another program, which does as well
    }
  }

  private static @Nullable HttpSettings settings() {
    DemoOptions options = new DemoOptions(ScenarioName.SENSORS, Duration.ofSeconds(1), 1, 1);
    return DemoSettings.config(options, "localhost:1", Path.of("target")).detector().http();
  }
}
