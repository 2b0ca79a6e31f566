package io.nelbo.streams.config;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one setting.
 *
 * @param found the value found; null if the key is not set
 * @param demand what the value has to be and, where it is not plain, what to do
 */
public record Problem(String key, @Nullable String found, String demand) {
  boolean isOf(String otherKey) {
    return key.equals(otherKey);
  }

  @Override
  public String toString() {
    if (found == null) {
      return key + " is not set: " + demand;
    }
    String shown = Secrets.mask(key, found);
    // Kafka's own demands may repeat what they found.
    String safe = shown.equals(found) || found.isEmpty() ? demand : demand.replace(found, shown);
    return key + " is \"" + shown + "\": " + safe;
  }
}
