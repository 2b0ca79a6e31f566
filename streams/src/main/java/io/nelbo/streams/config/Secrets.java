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
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]+(?=@)");
  private static final String MASK = "[hidden]";

  private Secrets() {}

  static boolean isSecret(String key) {
    return SECRET.matcher(key.toLowerCase(Locale.ROOT)).find();
  }

  /** Hides a value whose key says that it is secret, and user and password in a URL. */
  static String mask(String key, String value) {
    return isSecret(key) ? MASK : USER_INFO.matcher(value).replaceAll(MASK);
  }

  static Map<String, String> mask(Map<String, String> values) {
    Map<String, String> masked = new TreeMap<>(values);
    masked.replaceAll(Secrets::mask);
    return masked;
  }
}
