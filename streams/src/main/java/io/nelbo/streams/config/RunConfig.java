package io.nelbo.streams.config;

import java.util.Collection;
import java.util.LinkedHashSet;

/** The settings of detector and trainer in one program. */
public record RunConfig(DetectorConfig detector, TrainerConfig trainer) {

  /**
   * Reads the settings.
   *
   * @throws ConfigProblems with all that is wrong for either, each problem once
   */
  public static RunConfig of(Settings settings) {
    Collection<Problem> problems = new LinkedHashSet<>();
    RunConfig config =
        new RunConfig(
            new DetectorConfig(settings, problems), new TrainerConfig(settings, problems));
    UnknownKeys.warn(settings);
    ConfigProblems.throwIfAny(problems);
    return config;
  }
}
