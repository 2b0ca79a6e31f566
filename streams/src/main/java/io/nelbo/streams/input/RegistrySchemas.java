package io.nelbo.streams.input;

import io.nelbo.schemas.registry.SchemaRegistry;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The schemas of a registry, known by id and not by fingerprint. Closes the registry's client. */
public record RegistrySchemas(SchemaRegistry registry) implements SchemaSource {
  @Override
  public @Nullable Schema find(long fingerprint) {
    return null;
  }

  @Override
  public void close() {
    registry.close();
  }
}
