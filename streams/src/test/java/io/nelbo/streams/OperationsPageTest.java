package io.nelbo.streams;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.streams.input.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/operations.md quotes is there: log lines, messages, metrics, tests, scenarios. */
class OperationsPageTest {
  private static final List<String> MODULES = List.of("schemas", "model", "streams", "bench");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");
  private static final Pattern SCENARIO = Pattern.compile("`bench/run faults --only ([\\w-]+)`");
  private static final Pattern METRIC = Pattern.compile("`([\\w-]+)-total`");
  private static final Pattern QUOTE = Pattern.compile("(?m)^- (?:log|message): `(.+)`$");
  private static final Pattern FAILURE = Pattern.compile("(?ms)^### (.+?)$(.+?)(?=^##)");

  private final String page = read(OperationsPage.FILE);
  private final String sources = sources("main");

  @Test
  void everyTestThatKeepsAPromiseExists() {
    List<MatchResult> tests = all(TEST);

    assertThat(tests).hasSizeGreaterThan(60);
    for (MatchResult test : tests) {
      assertThat(source(test.group(1))).as(test.group()).contains("void " + test.group(2) + "(");
    }
  }

  @Test
  void everyScenarioThatKeepsAPromiseExists() {
    for (MatchResult scenario : all(SCENARIO)) {
      assertThat(sources).as(scenario.group()).contains("return \"" + scenario.group(1) + "\";");
    }
  }

  @Test
  void everyLogLineAndMessageIsInTheSources() {
    List<MatchResult> quotes = all(QUOTE);

    assertThat(quotes).hasSizeGreaterThan(20);
    for (MatchResult quote : quotes) {
      assertThat(
              sources.contains("\"" + quote.group(1) + "\"")
                  || sources.contains(": " + quote.group(1) + "\""))
          .as(quote.group())
          .isTrue();
    }
  }

  @Test
  void everyMetricIsCounted() {
    List<MatchResult> metrics = all(METRIC);

    assertThat(metrics).hasSizeGreaterThan(10);
    for (MatchResult metric : metrics) {
      String name = metric.group(1);
      boolean isReason =
          Arrays.stream(Reason.values())
              .map(reason -> reason.name().toLowerCase(Locale.ROOT).replace('_', '-'))
              .anyMatch(reason -> name.equals("dead-letters-" + reason));
      assertThat(
              isReason
                  || sources.contains("\"" + name + "\"")
                  || sources.contains("\"" + name + "-total\""))
          .as(name)
          .isTrue();
    }
  }

  @Test
  void everyFailureSaysWhatNelboDoesWhatIsLeftToDoAndWhatKeepsIt() {
    List<MatchResult> failures = all(FAILURE);

    assertThat(failures).hasSizeGreaterThan(15);
    for (MatchResult failure : failures) {
      assertThat(failure.group(2))
          .as(failure.group(1))
          .contains("- Nelbo", "- You: ", "- Kept by `");
    }
  }

  private List<MatchResult> all(Pattern pattern) {
    return pattern.matcher(page).results().toList();
  }

  private static String source(String test) {
    List<Path> files = files("test").filter(f -> f.endsWith(Path.of(test + ".java"))).toList();
    assertThat(files).as(test).isNotEmpty();
    return files.stream().map(OperationsPageTest::read).collect(joining());
  }

  /** Sources with what is broken over lines put together. */
  private static String sources(String kind) {
    return files(kind)
        .map(OperationsPageTest::read)
        .map(source -> source.replaceAll("\"\\s*\\+\\s*\"", ""))
        .collect(joining("\n"));
  }

  private static Stream<Path> files(String kind) {
    return MODULES.stream()
        .map(module -> Path.of("..", module, "src", kind, "java"))
        .filter(Files::isDirectory)
        .flatMap(OperationsPageTest::walk)
        .filter(file -> file.toString().endsWith(".java"));
  }

  private static Stream<Path> walk(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
