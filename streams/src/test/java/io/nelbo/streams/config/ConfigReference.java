package io.nelbo.streams.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;

/** Writes the reference of all settings, as Markdown, from their definitions. */
final class ConfigReference {
  private static final String HEAD =
      """
      # Settings

      Generated from the code; do not edit. To write it anew:
      `./mvnw test -pl streams -am -Dtest=ConfigReferenceTest -Dsurefire.failIfNoSpecifiedTests=false -Dnelbo.reference.write=true`

      Settings come from `.properties` files (`-c FILE`) and from `-o key=value`, which wins. `${env:NAME}` in a value stands for
      an environment variable. All that is wrong is told at once, and then nothing is started. Whatever is not listed here goes to Kafka
      under its own name (`security.protocol`, `num.stream.threads`; for one kind of client `consumer.`, `producer.`, `admin.` before it).
      Nelbo sets `processing.guarantee=exactly_once_v2`, `commit.interval.ms=100`, `linger.ms=5`, `session.timeout.ms=6000`,
      `heartbeat.interval.ms=1500` and `transaction.timeout.ms=6000` unless you set them;
      `state.dir` is `~/.nelbo/state/CLUSTER-ID` unless you set it, and two trainers on one machine need one each.

      Durations are written `500ms`, `30s`, `15m`, `24h`, `7d`; lists with commas.
      """;

  private ConfigReference() {}

  static String markdown() {
    Set<String> detectors = DetectorConfig.DEFINITION.names();
    Set<String> trainers = TrainerConfig.DEFINITION.names();
    List<ConfigDef.ConfigKey> keys = new ArrayList<>();
    keys.addAll(DetectorConfig.DEFINITION.configKeys().values());
    keys.addAll(TrainerConfig.DEFINITION.configKeys().values());
    StringBuilder text = new StringBuilder(HEAD);
    table(text, "Both", keys, k -> detectors.contains(k) && trainers.contains(k));
    table(text, "Detector", keys, k -> !trainers.contains(k));
    table(text, "Trainer", keys, k -> !detectors.contains(k));
    return text.toString();
  }

  private static void table(
      StringBuilder text,
      String title,
      List<ConfigDef.ConfigKey> keys,
      java.util.function.Predicate<String> belongs) {
    text.append("\n## ").append(title).append("\n\n");
    text.append("| key | type | default | must be | what it is |\n|---|---|---|---|---|\n");
    Set<String> written = new LinkedHashSet<>();
    for (ConfigDef.ConfigKey key : keys) {
      if (belongs.test(key.name) && written.add(key.name)) {
        text.append(
            "| `%s` | %s | %s | %s | %s |\n"
                .formatted(key.name, type(key), defaultOf(key), bound(key), key.documentation));
      }
    }
  }

  private static String type(ConfigDef.ConfigKey key) {
    return key.validator != null && key.validator.toString().matches("at least \\d+[a-z]+")
        ? "duration"
        : key.type.name().toLowerCase(Locale.ROOT);
  }

  private static String defaultOf(ConfigDef.ConfigKey key) {
    if (SharedSettings.TOPIC_KEYS.contains(key.name)) {
      return "`<application.id>." + key.name.substring(0, key.name.length() - 6) + "`";
    }
    Object value = key.defaultValue;
    if (value == null || value.equals(List.of())) {
      return "none";
    }
    return "`" + (value instanceof List<?> list ? String.join(",", strings(list)) : value) + "`";
  }

  private static List<String> strings(List<?> list) {
    return list.stream().map(Object::toString).toList();
  }

  private static String bound(ConfigDef.ConfigKey key) {
    if (key.validator == null) {
      return key.type == ConfigDef.Type.BOOLEAN ? "true or false" : "any";
    }
    return key.validator.toString();
  }
}
