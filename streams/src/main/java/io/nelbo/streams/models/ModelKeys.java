package io.nelbo.streams.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of the models topic: a name for the model in force under it, {@code name@version} for a
 * version that is kept beside it, {@code name@candidate} for one to be compared with it. A name has
 * no {@code @}.
 */
public final class ModelKeys {
  private static final Pattern KEPT = Pattern.compile("(.+)@(\\d{1,18})", Pattern.DOTALL);

  private static final String CANDIDATE = "@candidate";

  private ModelKeys() {}

  public static byte[] inForce(String name) {
    return name.getBytes(UTF_8);
  }

  public static byte[] kept(String name, long version) {
    return (name + "@" + version).getBytes(UTF_8);
  }

  /** The key of the model, if any, that is compared with the one in force. */
  public static byte[] candidate(String name) {
    return (name + CANDIDATE).getBytes(UTF_8);
  }

  /** Returns whether a key is that of a candidate, of whatever name. */
  public static boolean isCandidate(byte[] key) {
    return new String(key, UTF_8).endsWith(CANDIDATE);
  }

  /** Returns whether a key is that of a kept version, of whatever name. */
  public static boolean isKept(byte[] key) {
    return KEPT.matcher(new String(key, UTF_8)).matches();
  }

  /** Returns the name in a key. */
  static String name(byte[] key) {
    String text = new String(key, UTF_8);
    Matcher kept = KEPT.matcher(text);
    return kept.matches() ? kept.group(1) : text;
  }

  /** Returns the version that is kept under a key; 0 if the key is not that of one of the name. */
  static long keptVersion(byte[] key, String name) {
    Matcher kept = KEPT.matcher(new String(key, UTF_8));
    return kept.matches() && kept.group(1).equals(name) ? Long.parseLong(kept.group(2)) : 0;
  }
}
