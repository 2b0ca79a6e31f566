package io.nelbo.streams.file;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Legal Avro names, {@code [A-Za-z_][A-Za-z0-9_]*}, for the names that files use. */
final class AvroNames {
  private AvroNames() {}

  /** Returns the name with every illegal character replaced by an underscore. */
  static String of(String name) {
    String legal = name.strip().replaceAll("[^A-Za-z0-9_]", "_");
    if (legal.isEmpty()) {
      return "_";
    }
    return Character.isDigit(legal.charAt(0)) ? "_" + legal : legal;
  }

  /**
   * Returns a legal name for each of the names, all different; {@code column_3} for a blank one.
   */
  static String unique(String name, int index, Set<String> taken) {
    String base = name.isBlank() ? "column_" + (index + 1) : of(name);
    String candidate = base;
    for (int i = 2; !taken.add(candidate); i++) {
      candidate = base + "_" + i;
    }
    return candidate;
  }

  static List<String> unique(List<String> names) {
    Set<String> taken = new HashSet<>();
    return IntStream.range(0, names.size()).mapToObj(i -> unique(names.get(i), i, taken)).toList();
  }
}
