package io.nelbo.streams.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Durations as settings write them: {@code 500ms}, {@code 30s}, {@code 15m}, {@code 24h}, {@code
 * 7d}.
 */
public final class Durations {
  private static final Pattern SYNTAX = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

  private Durations() {}

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static Duration parse(String text) {
    Matcher matcher = SYNTAX.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "must be a duration such as 500ms, 30s, 15m, 24h or 7d, was " + text);
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  static ConfigDef.Validator atLeast(String bound) {
    return new AtLeast(bound);
  }

  private record AtLeast(String bound) implements ConfigDef.Validator {
    @Override
    public void ensureValid(String name, @Nullable Object value) {
      try {
        if (value instanceof String text && parse(text).compareTo(parse(bound)) >= 0) {
          return;
        }
      } catch (IllegalArgumentException e) {
        throw new ConfigException(
            name, value, "must be a duration such as 500ms, 30s, 15m, 24h or 7d");
      }
      throw new ConfigException(name, value, "must be at least " + bound);
    }

    @Override
    public String toString() {
      return "at least " + bound;
    }
  }
}
