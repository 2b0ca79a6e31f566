package io.nelbo.streams.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings as the user gave them: of {@code .properties} files, overridden by {@code key=value}
 * pairs, with {@code ${env:NAME}} replaced by the environment's variable. What could not be read is
 * kept as a problem and told with all the others. {@link #toString} hides secrets.
 */
public final class Settings {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([^}]*)}");

  private final Map<String, String> values;
  private final List<Problem> problems;

  private Settings(Map<String, String> values, List<Problem> problems) {
    this.values = Map.copyOf(values);
    this.problems = List.copyOf(problems);
  }

  public static Settings of(Map<String, String> values) {
    return new Settings(values, List.of());
  }

  /**
   * Reads settings; later files and then the overrides win.
   *
   * @param overrides {@code key=value} each
   */
  public static Settings read(
      List<Path> files, List<String> overrides, Map<String, String> environment) {
    Map<String, String> values = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (Path file : files) {
      readFile(file, values, problems);
    }
    for (String override : overrides) {
      int equals = override.indexOf('=');
      if (equals < 1) {
        problems.add(new Problem("-o", override, "must be key=value"));
      } else {
        values.put(override.substring(0, equals).strip(), override.substring(equals + 1).strip());
      }
    }
    values.replaceAll((key, value) -> resolve(key, value, environment, problems));
    return new Settings(values, problems);
  }

  private static void readFile(Path file, Map<String, String> values, List<Problem> problems) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      problems.add(
          new Problem("-c", file.toString(), "must be a readable .properties file in UTF-8: " + e));
    }
    properties.stringPropertyNames().forEach(k -> values.put(k, properties.getProperty(k).strip()));
  }

  private static String resolve(
      String key, String value, Map<String, String> environment, List<Problem> problems) {
    Matcher matcher = VARIABLE.matcher(value);
    StringBuilder resolved = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1);
      String found = environment.get(name);
      if (found == null) {
        problems.add(
            new Problem(key, value, "the environment has no variable " + name + ": export it"));
      }
      matcher.appendReplacement(
          resolved, Matcher.quoteReplacement(found == null ? matcher.group() : found));
    }
    return matcher.appendTail(resolved).toString();
  }

  /** Returns these settings with one more, or another value for one. */
  public Settings with(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(values);
    more.put(key, value);
    return new Settings(more, problems);
  }

  public Map<String, String> values() {
    return values;
  }

  public List<Problem> problems() {
    return problems;
  }

  @Override
  public String toString() {
    return Secrets.mask(values).toString();
  }
}
