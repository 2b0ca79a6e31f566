package io.nelbo.streams.config;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Keeps passwords and the like out of everything that is printed. */
final class Secrets {
  private static final Pattern SECRET =
      Pattern.compile(
          "password|passphrase|secret|credential|token|jaas|keystore\\.key|user\\.info");
  private static final String MASK = "[hidden]";

  private Secrets() {}

  static String mask(String key, String value) {
    return SECRET.matcher(key.toLowerCase(Locale.ROOT)).find() ? MASK : value;
  }

  static Map<String, String> mask(Map<String, String> values) {
    Map<String, String> masked = new TreeMap<>(values);
    masked.replaceAll(Secrets::mask);
    return masked;
  }
}
