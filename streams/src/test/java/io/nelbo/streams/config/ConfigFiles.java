package io.nelbo.streams.config;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;

/** Writes the settings files of the archive, every setting in them as a comment. */
final class ConfigFiles {
  /** What everyone sets. */
  private static final Set<String> SET = Set.of(Key.BOOTSTRAP_SERVERS, Key.APPLICATION_ID);

  private ConfigFiles() {}

  static String properties(String program, ConfigDef definition) {
    StringBuilder text =
        new StringBuilder(
            """
            # Settings of the %s: bin/nelbo %s -c conf/%s.properties
            # What begins with # is left at its default. ${env:NAME} is the environment's variable NAME. Settings
            # of Kafka's own go here under their own names: security.protocol, sasl.*, ssl.*, consumer.*, producer.*
            """
                .formatted(program, program.equals("detector") ? "detect" : "train", program));
    Set<String> written = new TreeSet<>();
    for (ConfigDef.ConfigKey key : definition.configKeys().values()) {
      if (written.add(key.name)) {
        text.append("\n# ").append(key.documentation).append('\n');
        boolean isTopic = SharedSettings.TOPIC_KEYS.contains(key.name);
        String value =
            isTopic ? "nelbo." + key.name.substring(0, key.name.length() - 6) : defaultOf(key);
        text.append(SET.contains(key.name) ? "" : "#")
            .append(key.name)
            .append('=')
            .append(value)
            .append('\n');
      }
    }
    return text.toString();
  }

  private static String defaultOf(ConfigDef.ConfigKey key) {
    Object value = key.defaultValue;
    if (value == null) {
      return "";
    }
    return value instanceof List<?> list
        ? String.join(",", list.stream().map(Object::toString).toList())
        : value.toString();
  }
}
