package io.nelbo.streams.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
   * Returns the command line, without the options that say where its report goes; files that follow
   * one another and are all of their kind in a folder as the pattern that names them.
   */
  static String command(List<String> arguments) {
    List<String> words = new ArrayList<>(List.of("nelbo"));
    int i = 0;
    while (i < arguments.size()) {
      String word = arguments.get(i);
      if (word.equals("--report") || word.equals("--title")) {
        i += 2;
        continue;
      }
      String folder = word.substring(0, word.lastIndexOf('/') + 1);
      int count = 0;
      int dot = word.indexOf('.', folder.length());
      while (dot >= 0 && count == 0) {
        String ending = word.substring(dot);
        count = countOfAll(folder, ending, arguments.subList(i, arguments.size()));
        word = count == 0 ? word : folder + "*" + ending;
        dot = word.indexOf('.', dot + 1);
      }
      words.add(word);
      i += Math.max(1, count);
    }
    return String.join(" ", words);
  }

  /** Returns how many files of a folder end so, if the next arguments are just these; else 0. */
  private static int countOfAll(String folder, String ending, List<String> next) {
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      Set<String> all =
          files
              .map(file -> folder + file.getFileName())
              .filter(file -> file.endsWith(ending))
              .collect(Collectors.toSet());
      boolean areNext =
          all.size() > 1
              && all.size() <= next.size()
              && all.equals(Set.copyOf(next.subList(0, all.size())));
      return areNext ? all.size() : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
