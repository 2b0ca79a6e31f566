package io.nelbo.streams.demo;

import io.nelbo.streams.config.RunConfig;
import io.nelbo.streams.config.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What the two applications are told in the demo: Nelbo's defaults, in a hurry. */
final class DemoSettings {
  /** Four of the scenario's days, so that the first model has seen the daily rhythm. */
  static final int WARM_UP_RECORDS = 24_000;

  static final int PARTITIONS = 2;

  private static final int PAGE_PORT = 8080;

  private DemoSettings() {}

  static RunConfig config(DemoOptions options, String bootstrapServers, Path directory) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("application.id", "demo");
    settings.put("input.topic", options.scenario().toString());
    settings.put("state.dir", directory.resolve("state").toString());
    settings.put("scores.enabled", "true");
    settings.put("window.duration", "3m");
    settings.put("window.max.records", "60000");
    settings.put("retrain.min.records", Integer.toString(WARM_UP_RECORDS));
    settings.put("retrain.interval", "5s");
    settings.put("retrain.max.age", "25s");
    settings.put("train.time.budget", "20s");
    settings.put("train.seed", Long.toString(options.seed()));
    settings.put("http.port", Integer.toString(pagePort()));
    return RunConfig.of(Settings.of(settings));
  }

  /** The port that people know by heart, or any other if that is taken. */
  private static int pagePort() {
    try (ServerSocket probe = new ServerSocket(PAGE_PORT, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException e) {
      return 0;
    }
  }
}
