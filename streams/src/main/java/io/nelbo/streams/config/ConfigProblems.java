package io.nelbo.streams.config;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** All that is wrong with the settings, at once. */
public final class ConfigProblems extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  private ConfigProblems(Collection<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  static void throwIfAny(Collection<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new ConfigProblems(problems);
    }
  }

  public List<Problem> problems() {
    return problems;
  }
}
