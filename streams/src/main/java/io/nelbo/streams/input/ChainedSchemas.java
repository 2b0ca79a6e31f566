package io.nelbo.streams.input;

import io.nelbo.schemas.registry.SchemaRegistry;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Two sources, asked in order. */
record ChainedSchemas(SchemaSource first, SchemaSource second) implements SchemaSource {
  @Override
  public @Nullable Schema find(long fingerprint) {
    Schema found = first.find(fingerprint);
    return found != null ? found : second.find(fingerprint);
  }

  @Override
  public @Nullable Schema bare() {
    Schema found = first.bare();
    return found != null ? found : second.bare();
  }

  @Override
  public @Nullable SchemaRegistry registry() {
    SchemaRegistry found = first.registry();
    return found != null ? found : second.registry();
  }

  @Override
  public void close() {
    try {
      first.close();
    } finally {
      second.close();
    }
  }
}
