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
    return found == null
        ? key + " is not set: " + demand
        : key + " is \"" + Secrets.mask(key, found) + "\": " + demand;
  }
}
