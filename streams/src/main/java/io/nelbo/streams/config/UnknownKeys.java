package io.nelbo.streams.config;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of keys that are neither Nelbo's nor Kafka's. They may be a plugin's, so they are no
 * problem; most are misspelt.
 */
final class UnknownKeys {
  private static final Logger log = LoggerFactory.getLogger(UnknownKeys.class);
  private static final int MOST_EDITS = 4;

  private UnknownKeys() {}

  static void warn(Settings settings) {
    for (String key : KafkaSettings.unknown(settings.values().keySet())) {
      String nearest = nearest(key, KafkaSettings.known());
      log.warn(
          "setting {} is known neither to Nelbo nor to Kafka{}",
          key,
          nearest == null ? "" : "; did you mean " + nearest + "?");
    }
  }

  static @Nullable String nearest(String key, Set<String> known) {
    String nearest = null;
    int fewest = MOST_EDITS + 1;
    for (String candidate : known) {
      int edits = edits(key, candidate);
      if (edits < fewest) {
        fewest = edits;
        nearest = candidate;
      }
    }
    return nearest;
  }

  /** Levenshtein's distance, one row of the matrix at a time. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
