package io.nelbo.streams.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** When, where and by which command a result was made, for others to make it again. */
final class Provenance {
  private static final Path CPUS = Path.of("/proc/cpuinfo");

  private Provenance() {}

  static String sentence(List<Long> seeds) {
    return "%s, seed%s %s; %s, %d cores used by Java %s on %s:"
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            seeds.size() == 1 ? "" : "s",
            seeds.stream().map(String::valueOf).collect(Collectors.joining(", ")),
            cpu(),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("java.version"),
            System.getProperty("os.name"));
  }

  private static String cpu() {
    try (Stream<String> lines = Files.lines(CPUS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      // There is no such file but on Linux.
      return System.getProperty("os.arch");
    }
  }

  /**
   * Returns the command line, without the options that say where its report goes; files that are
   * all of their kind in a folder as the pattern they were likely named by.
   */
  static String command(List<String> arguments) {
    List<String> words = new ArrayList<>(List.of("nelbo"));
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (word.equals("--report") || word.equals("--title")) {
        i++;
      } else {
        String pattern = pattern(word);
        if (!pattern.equals(words.get(words.size() - 1))) {
          words.add(arguments.contains(pattern) || !isWhole(pattern, arguments) ? word : pattern);
        }
      }
    }
    return String.join(" ", words);
  }

  /** {@code x/*.csv.gz} of {@code x/a.csv.gz}. */
  private static String pattern(String file) {
    int name = file.lastIndexOf('/') + 1;
    int ending = file.indexOf('.', name);
    return name == 0 || ending < 0 ? file : file.substring(0, name) + "*" + file.substring(ending);
  }

  private static boolean isWhole(String pattern, List<String> arguments) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return false;
    }
    try (Stream<Path> files = Files.list(Path.of(pattern.substring(0, star)))) {
      List<String> all =
          files.map(Path::toString).filter(f -> f.endsWith(pattern.substring(star + 1))).toList();
      return all.size() > 1 && arguments.containsAll(all);
    } catch (IOException e) {
      return false;
    }
  }
}
