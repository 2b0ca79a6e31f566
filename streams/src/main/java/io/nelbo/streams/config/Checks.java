package io.nelbo.streams.config;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/** Checks settings one by one, so that none hides the fault of another. */
final class Checks {
  private Checks() {}

  /**
   * Returns the settings that hold, for a config to be made of them and checked as a whole; the
   * others go to the problems, and their defaults take their place meanwhile.
   */
  static Map<String, String> validValues(
      ConfigDef definition, Settings settings, Collection<Problem> problems) {
    Map<String, String> valid = new HashMap<>(settings.values());
    problems.addAll(settings.problems());
    settings.problems().forEach(p -> valid.remove(p.key()));
    faults(definition, valid)
        .forEach((key, demand) -> problems.add(new Problem(key, valid.remove(key), demand)));
    faults(KafkaSettings.definition(), KafkaSettings.kafkasOwn(valid))
        .forEach((key, demand) -> problems.add(new Problem(key, valid.get(key), demand)));
    return valid;
  }

  private static Map<String, String> faults(ConfigDef definition, Map<String, String> values) {
    return definition.validateAll(values).values().stream()
        .filter(value -> values.containsKey(value.name()) && !value.errorMessages().isEmpty())
        .collect(Collectors.toMap(ConfigValue::name, Checks::demand));
  }

  /** Kafka's messages repeat key and value before they say what is wrong. */
  private static String demand(ConfigValue value) {
    String message = value.errorMessages().get(0);
    String preamble = "for configuration " + value.name() + ": ";
    int start = message.indexOf(preamble);
    return start < 0 ? message : message.substring(start + preamble.length());
  }
}
