package io.nelbo.streams.cli;

import io.nelbo.streams.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The settings of whatever talks to Kafka: {@code -c FILE} and {@code -o key=value}. */
final class KafkaOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Settings, a .properties file; may be given more than once, the last one wins.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = {"-o", "--option"},
      paramLabel = "KEY=VALUE",
      description =
          "A setting, Nelbo's own or Kafka's, over those of the files, such as"
              + " bootstrap.servers=HOST:PORT (default: localhost:9092).")
  private List<String> overrides = new ArrayList<>();

  Settings settings() {
    return Settings.read(files, overrides, System.getenv());
  }
}
