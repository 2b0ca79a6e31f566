package io.nelbo.schemas.registry;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a schema registry is reached, and how schemas are registered there. {@link #toString} hides
 * secrets.
 *
 * @param urls the registry's instances, asked in order until one answers; with a path if the API
 *     has one
 * @param userInfo {@code USER:PASSWORD} for basic authentication; null for none
 * @param tls Kafka's own {@code ssl.*} settings; empty for what Java trusts
 * @param registers whether a schema that is not registered yet is; if not, it must be
 * @param patience how long to try again while the registry does not answer
 */
public record RegistrySettings(
    List<URI> urls,
    @Nullable String userInfo,
    Map<String, Object> tls,
    SubjectNaming naming,
    boolean registers,
    Duration patience) {
  public RegistrySettings {
    urls = List.copyOf(urls);
    tls = Map.copyOf(tls);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("a registry needs a URL, there was none");
    }
  }

  /** Returns the settings of a registry that needs neither password nor certificate. */
  public static RegistrySettings of(String url) {
    return new RegistrySettings(
        List.of(URI.create(url)),
        null,
        Map.of(),
        SubjectNaming.TOPIC_NAME,
        true,
        Duration.ofSeconds(60));
  }

  @Override
  public String toString() {
    return "RegistrySettings[" + urls.stream().map(RegistryHttp::shown).toList() + "]";
  }
}
