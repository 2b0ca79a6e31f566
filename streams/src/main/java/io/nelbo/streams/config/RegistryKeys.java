package io.nelbo.streams.config;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;

/** The settings of the TLS connection to the schema registry: Kafka's own, with a prefix. */
final class RegistryKeys {
  private RegistryKeys() {}

  static boolean isTls(String key) {
    return key.startsWith(Key.REGISTRY_TLS) && definition().names().contains(withoutPrefix(key));
  }

  /** Returns Kafka's ssl.* settings of the registry, without the prefix. */
  static Map<String, Object> tls(Map<String, String> settings) {
    Map<String, Object> tls = new HashMap<>();
    settings.forEach(
        (key, value) -> {
          if (isTls(key)) {
            tls.put(withoutPrefix(key), value);
          }
        });
    return tls;
  }

  private static String withoutPrefix(String key) {
    return key.substring("schema.registry.".length());
  }

  private static ConfigDef definition() {
    ConfigDef definition = new ConfigDef();
    SslConfigs.addClientSslSupport(definition);
    return definition;
  }
}
