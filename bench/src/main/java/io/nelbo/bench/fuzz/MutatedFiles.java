package io.nelbo.bench.fuzz;

import io.nelbo.streams.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * Gives commands mutated files and settings, within this JVM. Each has to end with exit code 0
 * (what was changed does not matter), 1 or 2, the latter with a message written for people: neither
 * a stack trace nor the name of an exception that nobody foresaw.
 */
final class MutatedFiles {
  private static final int MOST_UNCLEAR = 20;
  private static final String UNFORESEEN = "(-v shows where)";

  private static final List<String> KEYS =
      List.of(
          "alert.rate",
          "alert.top.features",
          "window.duration",
          "window.max.records",
          "retrain.interval",
          "retrain.min.records",
          "features.categorical",
          "value.schema",
          "model.name",
          "model.profile",
          "model.likelihood",
          "train.device",
          "train.seed",
          "train.time.budget",
          "score.samples",
          "scores.enabled",
          "application.id",
          "input.topic",
          "alerts.topic",
          "bootstrap.servers",
          "security.protocol",
          "num.stream.threads",
          "processing.guarantee",
          "consumer.max.poll.records",
          "no.such.key");

  private static final List<String> VALUES =
      List.of(
          "",
          "-1",
          "0",
          "1e999",
          "NaN",
          "99999999999999999999",
          "24 h",
          "true false",
          "ä/../\0",
          "${env:NO_SUCH_VARIABLE}",
          "${env:",
          "a,b,,c",
          "x".repeat(300),
          "/no/such/file.avsc",
          "localhost",
          "localhost:99999999");

  private final Random random;
  private final MutatedBytes bytes;
  private final Path directory;
  private final String bootstrapServers;
  private final Map<String, byte[]> records;
  private final byte[] model;
  private final Map<Integer, Integer> exitCodes = new TreeMap<>();
  private final List<String> unclear = new ArrayList<>();

  MutatedFiles(long seed, Path directory, String bootstrapServers) throws IOException {
    random = new Random(seed);
    bytes = new MutatedBytes(random);
    this.directory = directory;
    this.bootstrapServers = bootstrapServers;
    records = SampleFiles.records(seed);
    model = SampleFiles.model(directory);
  }

  /** Gives one of the commands a mutated file. */
  void giveFile() throws IOException {
    List<String> suffixes = List.copyOf(records.keySet());
    String suffix = suffixes.get(random.nextInt(suffixes.size()));
    byte[] good = Objects.requireNonNull(records.get(suffix));
    Path file = directory.resolve("mutated" + suffix);
    Path models = directory.resolve("mutated-model.avro");
    Files.write(models, model);
    Files.write(file, bytes.anyOf(good));
    switch (random.nextInt(5)) {
      case 0 -> run("fit", "--file", file, "--out", directory.resolve("out.avro"));
      case 1 -> run("evaluate", "--file", file, "--label", "label", "--detectors", "pca");
      case 2 -> run("score", "--model", models, "--file", file);
      case 3 -> {
        Files.write(models, bytes.anyOf(model));
        run("score", "--model", models, "--file", file);
      }
      default ->
          run(
              "replay",
              "--file",
              file,
              "--topic",
              "replayed",
              "-o",
              "bootstrap.servers=" + bootstrapServers);
    }
  }

  /**
   * Gives settings that cannot be right, among others that may be; the input topic, which would be
   * waited for, is always wrong as well.
   */
  void giveSettings() throws IOException {
    Path file = directory.resolve("mutated.properties");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      text.append(any(KEYS)).append('=').append(any(VALUES)).append('\n');
    }
    byte[] settings = text.toString().getBytes(StandardCharsets.UTF_8);
    Files.write(file, random.nextBoolean() ? settings : bytes.anyOf(settings));
    String command = random.nextBoolean() ? "detect" : "run";
    run(command, "-c", file, "-o", "input.topic=not a topic", "-o", any(KEYS) + "=" + any(VALUES));
  }

  private String any(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private void run(Object... words) {
    String[] args = Arrays.stream(words).map(Object::toString).toArray(String[]::new);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Main.run(new PrintWriter(out), new PrintWriter(err), args);
    exitCodes.merge(exitCode, 1, Integer::sum);
    String said = err.toString() + out;
    boolean clear =
        exitCode == 0
            || ((exitCode == 1 || exitCode == 2)
                && (said.contains("nelbo: ") || said.contains("refused: "))
                && !said.contains(UNFORESEEN)
                && !said.contains("\tat "));
    if (!clear && unclear.size() < MOST_UNCLEAR) {
      unclear.add(
          "nelbo %s ended with %d: %s".formatted(String.join(" ", args), exitCode, said.strip()));
    }
  }

  /** How many commands ended with which exit code. */
  Map<Integer, Integer> exitCodes() {
    return exitCodes;
  }

  /** What was said by commands that did not end as they should; some of it, if it is much. */
  List<String> unclear() {
    return unclear;
  }
}
