package io.nelbo.streams.detector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.streams.Pumps;
import io.nelbo.streams.TestKafka;
import io.nelbo.streams.app.DetectorApplication;
import io.nelbo.streams.config.DetectorConfig;
import io.nelbo.streams.config.Settings;
import io.nelbo.streams.input.SchemaPublisher;
import io.nelbo.streams.topics.TopicSetup;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The detector in a JVM of its own, whose class path has nothing of DJL on it. */
class DetectorWithoutNativeEngineIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path directory;

  @Test
  void detectorScoresWithoutAnythingOfDjl() throws Exception {
    String id = TestKafka.unique("pumps");
    String input = TestKafka.newTopic("readings", 1);
    Map<String, String> settings =
        Map.of(
            "bootstrap.servers",
            TestKafka.bootstrapServers(),
            "application.id",
            id,
            "input.topic",
            input,
            "state.dir",
            directory.resolve("state").toString());
    DetectorConfig config = DetectorConfig.of(Settings.of(settings));
    try (Admin admin = TestKafka.admin()) {
      new TopicSetup(admin, config.topics(), config.windowDuration())
          .forDetector(input, true, PATIENCE);
    }
    SchemaPublisher.publish(
        config.producerProperties(), config.topics().schemas(), List.of(Pumps.SCHEMA));
    TestKafka.produce(
        List.of(
            new ProducerRecord<>(
                config.topics().models(),
                config.modelName().getBytes(UTF_8),
                Pumps.published(Pumps.version(1)))));
    TestKafka.produce(input, Pumps.normal(), Pumps.outlier());

    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPathWithoutDjl(),
                Program.class.getName(),
                settings.entrySet().stream()
                    .map(Object::toString)
                    .collect(Collectors.joining("\n")))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    process.destroyForcibly();

    assertThat(ended).as(Files.readString(output)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    assertThat(TestKafka.readToEnd(config.topics().alerts())).hasSize(1);
  }

  private static String classPathWithoutDjl() {
    List<String> all = List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1));
    List<String> without = all.stream().filter(e -> !isOfDjl(e)).toList();
    assertThat(all.size() - without.size()).as("jars of DJL left out").isGreaterThanOrEqualTo(3);
    return String.join(File.pathSeparator, without);
  }

  private static boolean isOfDjl(String entry) {
    return entry.contains("/ai/djl/") || entry.contains("pytorch");
  }

  /** What is started: the detector, until it has caught up. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws Exception {
      if (isThere("ai.djl.engine.Engine") || isThere("ai.djl.pytorch.engine.PtEngine")) {
        throw new AssertionError("DJL is on the class path");
      }
      Settings settings =
          Settings.read(List.of(), Arrays.asList(args[0].split("\n", -1)), Map.of());
      DetectorConfig config = DetectorConfig.of(settings);
      try (DetectorApplication detector =
          new DetectorApplication(config, config.retrainMinRecords())) {
        detector.start();
        detector.awaitCaughtUp();
      }
    }

    private static boolean isThere(String type) {
      try {
        Class.forName(type);
        return true;
      } catch (ClassNotFoundException e) {
        return false;
      }
    }
  }
}
