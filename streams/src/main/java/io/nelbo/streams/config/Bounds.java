package io.nelbo.streams.config;

import io.nelbo.schemas.registry.SubjectNaming;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** What the values of settings are held to; each bound reads as an end of "must be …". */
final class Bounds {
  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
  private static final Pattern PREFIX = Pattern.compile("[a-zA-Z0-9._-]{1,200}");

  private Bounds() {}

  static ConfigDef.Validator between(long least, long most) {
    return number(
        "from " + least + " to " + most, n -> n.longValue() >= least && n.longValue() <= most);
  }

  static ConfigDef.Validator share(double most) {
    return number(
        "above 0 and at most " + most, n -> n.doubleValue() > 0 && n.doubleValue() <= most);
  }

  static ConfigDef.Validator oneOf(Object... values) {
    List<Object> allowed = List.of(values);
    return new Bound(
        "one of " + String.join(", ", allowed.stream().map(Object::toString).toList()),
        v -> v != null && allowed.contains(v));
  }

  /** A port to listen on; null where none is wanted. */
  static ConfigDef.Validator port() {
    return new Bound(
        "a port from 1 to 65535, or 0 for any that is free",
        v -> v == null || (v instanceof Integer port && port >= 0 && port <= 65_535));
  }

  static ConfigDef.Validator text() {
    return new Bound("text that is not blank", v -> v instanceof String s && !s.isBlank());
  }

  /** Versions are told from names by an @ on the models topic. */
  static ConfigDef.Validator modelName() {
    return new Bound(
        "text that is not blank and has no @",
        v -> v instanceof String s && !s.isBlank() && s.indexOf('@') < 0);
  }

  /** A topic's name; null where the key need not be set. */
  static ConfigDef.Validator topic() {
    return new Bound(
        "a topic's name: up to 249 of a-z A-Z 0-9 . _ -",
        v -> v == null || (v instanceof String s && isTopic(s)));
  }

  static ConfigDef.Validator topicPrefix() {
    return new Bound(
        "up to 200 of a-z A-Z 0-9 . _ -",
        v -> v instanceof String s && PREFIX.matcher(s).matches() && isTopic(s));
  }

  static ConfigDef.Validator names() {
    return new Bound(
        "a list of names with commas between, none of them twice",
        v ->
            v instanceof Collection<?> names
                && names.stream().distinct().count() == names.size()
                && names.stream().noneMatch(n -> n.toString().isBlank()));
  }

  static ConfigDef.Validator urls() {
    return new Bound(
        "http:// or https:// URLs with commas between",
        v -> v instanceof Collection<?> urls && urls.stream().allMatch(u -> isUrl(u.toString())));
  }

  static ConfigDef.Validator subjectNaming() {
    return new Bound(
        "TopicNameStrategy, RecordNameStrategy or TopicRecordNameStrategy",
        v -> v instanceof String s && isSubjectNaming(s));
  }

  private static boolean isUrl(String text) {
    try {
      URI url = new URI(text);
      return url.getHost() != null
          && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isSubjectNaming(String strategy) {
    try {
      SubjectNaming unused = SubjectNaming.of(strategy);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isTopic(String name) {
    return TOPIC.matcher(name).matches() && !name.equals(".") && !name.equals("..");
  }

  private static ConfigDef.Validator number(String bound, Predicate<Number> holds) {
    return new Bound(bound, v -> v instanceof Number n && holds.test(n));
  }

  private record Bound(String bound, Predicate<@Nullable Object> holds)
      implements ConfigDef.Validator {
    @Override
    public void ensureValid(String name, @Nullable Object value) {
      if (!holds.test(value)) {
        throw new ConfigException(name, value, "must be " + bound);
      }
    }

    @Override
    public String toString() {
      return bound;
    }
  }
}
