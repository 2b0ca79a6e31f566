package io.nelbo.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.nelbo.schemas.Alert;
import io.nelbo.schemas.Contribution;
import io.nelbo.schemas.ModelReference;
import io.nelbo.schemas.Source;
import io.nelbo.streams.topics.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** What README and docs/ name is there: files, headings, commands, tests, classes, fields. */
class DocumentsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]*)\\)");
  private static final Pattern SHELL = Pattern.compile("(?s)```(?:bash|sh)\\n(.*?)```");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))(?:\\.(\\w+))?`");
  private static final Pattern CLASSES = Pattern.compile("\\[([^\\[\\]]*)\\]");
  private static final Pattern CLASS = Pattern.compile("`(?:\\w+\\.)?([A-Z]\\w+)`");
  private static final Pattern KEY = Pattern.compile("\"(\\w+)\":");

  private final List<Path> pages = pages();
  private final String readme = read(ROOT.resolve("README.md"));

  @Test
  void everyLinkLeadsSomewhere() {
    int links = 0;
    for (Path page : pages) {
      for (MatchResult link : LINK.matcher(withoutCode(read(page))).results().toList()) {
        String target = link.group(1);
        if (!target.matches("https?:.*|mailto:.*")) {
          assertLeadsSomewhere(page, target);
          links++;
        }
      }
    }
    assertThat(links).isGreaterThan(20);
  }

  private static void assertLeadsSomewhere(Path page, String target) {
    String[] fileAndHeading = target.split("#", 2);
    Path file =
        fileAndHeading[0].isEmpty() ? page : page.resolveSibling(fileAndHeading[0]).normalize();
    assertThat(file).as("%s in %s", target, page).exists();
    if (fileAndHeading.length == 2) {
      assertThat(headings(file)).as("%s in %s", target, page).contains(fileAndHeading[1]);
    }
  }

  /** As GitHub makes them. */
  private static Set<String> headings(Path file) {
    return read(file)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(title -> title.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @Test
  void everyCommandThatIsShownIsUnderstood() {
    int commands = 0;
    for (Path page : pages) {
      for (String command : commands(read(page))) {
        assertThatCode(() -> Nelbo.commandLine().parseArgs(words(command)))
            .as("%s: %s", page, command)
            .doesNotThrowAnyException();
        commands++;
      }
    }
    assertThat(commands).isGreaterThan(5);
  }

  /** The lines of shell blocks that begin with nelbo, up to what the shell takes for itself. */
  private static List<String> commands(String page) {
    List<String> commands = new ArrayList<>();
    for (MatchResult block : SHELL.matcher(page).results().toList()) {
      block
          .group(1)
          .replaceAll("\\\\\\n\\s*", "")
          .lines()
          .filter(line -> line.matches("\\s*(\\./|bin/)?nelbo( .*)?"))
          .map(line -> line.strip().replaceFirst("^\\S+", "").replaceFirst("\\s+[#&|<>;].*", ""))
          .forEach(commands::add);
    }
    return commands;
  }

  private static String[] words(String command) {
    return WORD.matcher(command)
        .results()
        .map(word -> word.group().replaceAll("^[\"']|[\"']$", ""))
        .toArray(String[]::new);
  }

  @Test
  void everyTestThatIsNamedExists() {
    int tests = 0;
    for (Path page : pages) {
      for (MatchResult test : TEST.matcher(read(page)).results().toList()) {
        List<Path> files = sources(test.group(1));
        assertThat(files).as("%s in %s", test.group(), page).isNotEmpty();
        if (test.group(2) != null) {
          assertThat(files)
              .as("%s in %s", test.group(), page)
              .anyMatch(file -> read(file).contains("void " + test.group(2) + "("));
        }
        tests++;
      }
    }
    assertThat(tests).isGreaterThan(100);
  }

  @Test
  void everyClassThatTheMathematicsNameExists() {
    List<String> named = new ArrayList<>();
    for (MatchResult list :
        CLASSES.matcher(read(ROOT.resolve("docs/maths.md"))).results().toList()) {
      CLASS.matcher(list.group(1)).results().forEach(found -> named.add(found.group(1)));
    }

    assertThat(named).hasSizeGreaterThan(30);
    assertThat(named).allSatisfy(name -> assertThat(sources(name)).as(name).isNotEmpty());
  }

  @Test
  void readmeIsShortAndNamesEveryTopic() {
    Set<String> told = new TreeSet<>();
    Pattern.compile("(?m)^\\| `<id>(\\.[\\w-]+)`")
        .matcher(readme)
        .results()
        .forEach(topic -> told.add("<id>" + topic.group(1)));

    assertThat(readme.lines()).hasSizeLessThan(200);
    assertThat(told).containsExactlyInAnyOrderElementsOf(Topics.of("<id>").all());
  }

  @Test
  void alertOfTheReadmeHasTheFieldsOfTheSchemaAndNoOthers() {
    String json = readme.substring(readme.indexOf("```json"));
    json = json.substring(0, json.indexOf("```\n"));
    String ofTheRecord = json.substring(json.indexOf("\"value\": {"), json.indexOf("}},"));
    Set<String> shown = new HashSet<>();
    KEY.matcher(json.replace(ofTheRecord, "\"value\": "))
        .results()
        .forEach(key -> shown.add(key.group(1)));

    Set<String> expected = fields(Alert.getClassSchema());
    List.of(Source.getClassSchema(), ModelReference.getClassSchema(), Contribution.getClassSchema())
        .forEach(schema -> expected.addAll(fields(schema)));
    expected.addAll(List.of("schemaFingerprint", "schema", "value")); // as AlertText shows it
    assertThat(shown).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static Set<String> fields(Schema schema) {
    return schema.getFields().stream()
        .map(Schema.Field::name)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static String withoutCode(String page) {
    return page.replaceAll("(?s)```.*?```", "").replaceAll("`[^`\\n]*`", "");
  }

  private static List<Path> pages() {
    List<Path> pages = new ArrayList<>();
    List.of("README.md", "CHANGES.md", "bench/README.md")
        .forEach(name -> pages.add(ROOT.resolve(name)));
    try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pages;
  }

  private static List<Path> sources(String type) {
    List<Path> found = new ArrayList<>();
    for (String module : List.of("schemas", "model", "streams", "bench")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
        files.filter(file -> file.endsWith(type + ".java")).forEach(found::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
