package io.nelbo.streams.input;

import io.nelbo.schemas.registry.SchemaRegistry;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Where the schemas of the input's writers are found. Safe for use by several threads. */
public interface SchemaSource extends AutoCloseable {
  /**
   * Returns the schema with a CRC-64-AVRO fingerprint, or null if there is none.
   *
   * @throws org.apache.kafka.common.KafkaException if the source cannot be asked
   */
  @Nullable Schema find(long fingerprint);

  /** Returns the schema of values that name none (bare Avro binary), or null if there is none. */
  default @Nullable Schema bare() {
    return null;
  }

  /**
   * Returns the registry of values that name a schema by its id there, or null if there is none.
   */
  default @Nullable SchemaRegistry registry() {
    return null;
  }

  /** Returns a source that asks this one first, then the other; closes both. */
  default SchemaSource orElse(SchemaSource other) {
    return new ChainedSchemas(this, other);
  }

  @Override
  default void close() {}
}
