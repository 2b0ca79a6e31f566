package io.nelbo.streams.config;

import java.util.Collection;
import java.util.LinkedHashSet;

/** The settings of a command that only reads or writes topics. */
public final class ClientConfig extends NelboConfig {
  private ClientConfig(Settings settings, Collection<Problem> problems) {
    super(SharedSettings.define(), settings, problems);
  }

  /**
   * Reads the settings.
   *
   * @throws ConfigProblems with all that is wrong
   */
  public static ClientConfig of(Settings settings) {
    Collection<Problem> problems = new LinkedHashSet<>();
    ClientConfig config = new ClientConfig(settings, problems);
    UnknownKeys.warn(settings);
    ConfigProblems.throwIfAny(problems);
    return config;
  }
}
